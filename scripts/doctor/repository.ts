import { tmpdir } from 'node:os';
import { git, tryGit } from '../../src/git.ts';
import { parseToken, siteTagOf } from '../../src/vault/index.ts';
import { usableSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, unknown, warning, type Diagnosis } from './finding.ts';

/**
 * Looks at where the content's repository goes: whoever can read it reads all that the gate closes.
 *
 * @param root - a folder in it
 */
export function examineRepository(root: string): Diagnosis[] {
  if (!isRepository(root)) return [unknown('repository', 'this folder is in no git repository')];
  const remotes = (tryGit(root, ['remote']) ?? '').split('\n').filter((name) => name !== '');
  if (remotes.length === 0) return [ok('repository', 'has no remote')];
  return remotes.map((name) => {
    const url = webAddressOf(tryGit(root, ['remote', 'get-url', '--', name]) ?? '');
    if (!url) return unknown('repository', `${name} is not on a web host`);
    if (!canAnyoneRead(url))
      return ok('repository', `${name}: strangers can't read ${url}, or it can't be reached`);
    return warning(
      'repository',
      `${name}: anyone can read ${url}, and with it every piece that is for members`,
      'make the repository private',
    );
  });
}

/** Looks for links and tokens of this site's members in the tree. */
export async function examineTree(settings: Pick<Settings, 'root' | 'ci'>): Promise<Diagnosis[]> {
  const secret = usableSecret(settings);
  if (!secret || !isRepository(settings.root)) return [];
  const tag = await siteTagOf(secret);
  // One line for each: the file, a colon, the token.
  const found = grepTree(settings.root, ['-o', '-E', 'kb_[0-9a-z-]{32,40}']);
  if (!found) return [unknown('links', NO_SEARCH)];
  const files = found
    .filter((line) => parseToken(line.slice(line.lastIndexOf(':') + 1))?.siteTag === tag)
    .map((line) => line.slice(0, line.lastIndexOf(':')));
  if (files.length === 0) return [];
  return [
    error(
      'links',
      `a member's token stands in ${[...new Set(files)].join(', ')}`,
      'take it out, and give them a new one: npm run members -- reissue ID',
    ),
  ];
}

/**
 * The lines that `git grep` prints of the files that git has or would take.
 *
 * @param input - its standard input
 * @returns undefined where it could not look: it ends with 1 where there is nothing to find, and with more where it failed
 */
export function grepTree(root: string, args: string[], input = ''): string[] | undefined {
  try {
    return git(root, ['grep', '--untracked', '-I', ...args], { input }).split('\n');
  } catch (cause) {
    return (cause as { status?: number }).status === 1 ? [] : undefined;
  }
}

/** What is said where it could not. */
export const NO_SEARCH = 'git could not search its files; see: git grep --untracked x';

/** Whether git has a work tree at a folder; it has none where there is no git. */
export function isRepository(folder: string): boolean {
  return tryGit(folder, ['rev-parse', '--is-inside-work-tree']) === 'true';
}

/** Whether a stranger can read the repository at `url`: somebody without this operator's settings, keys and passwords. */
function canAnyoneRead(url: string): boolean {
  const env = { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', GIT_CONFIG_GLOBAL: '/dev/null' };
  const args = ['-c', 'credential.helper=', 'ls-remote', '--heads', '--', url];
  // Outside the repository, whose own settings may hold a password too.
  return tryGit(tmpdir(), args, { env, timeout: 30_000 }) !== undefined;
}

/** How a stranger would ask for it: without a user, over https where the remote is reached by ssh. */
function webAddressOf(remote: string): string | null {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d+)?[:/](.+)$/.exec(remote);
  if (ssh) return `https://${ssh[1]!}/${ssh[2]!}`;
  const url = URL.parse(remote);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
