import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { git, tryGit } from '../../src/git.ts';
import { parseToken, siteTagOf } from '../../src/vault/index.ts';
import { isFolder } from '../lib/folder.ts';
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

/** What may be a token in the one spelling that we print, as a regular expression of git and of JavaScript. */
export const TOKENS = 'kb_[0-9a-z-]{32,40}';

/** What lies in a work tree that others may get. */
export type Places = Pick<Settings, 'root' | 'content' | 'members'>;

/** Looks for links and tokens of this site's members in the work trees. */
export async function examineTree(settings: Places & Pick<Settings, 'ci'>): Promise<Diagnosis[]> {
  const secret = usableSecret(settings);
  if (!secret || treesOf(settings).length === 0) return [];
  const tag = await siteTagOf(secret);
  // One line for each: the file, a colon, the token.
  const found = grepTrees(settings, ['-o', '-E', TOKENS]);
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

/** The work trees of git in which the project lies, the content and the members file, each once. */
export function treesOf({ root, content, members }: Places): string[] {
  const folders = [root, content, dirname(members)].filter(isFolder);
  return [...new Set(folders.flatMap((folder) => tryGit(folder, ['rev-parse', '--show-toplevel']) ?? []))];
}

/**
 * The lines that `git grep` prints of the files that git has or would take in all work trees, each beginning with the
 * file as seen from the project.
 *
 * @param input - its standard input
 * @returns undefined where it could not look: it ends with 1 where there is nothing to find, and with more where it failed
 */
export function grepTrees(places: Places, args: string[], input = ''): string[] | undefined {
  const found: string[] = [];
  for (const tree of treesOf(places)) {
    // Names as they are, but for what would steer a terminal.
    const asked = ['-c', 'core.quotePath=false', 'grep', '--untracked', '-I', ...args];
    try {
      const lines = git(tree, asked, { input }).split('\n');
      found.push(...lines.map((line) => join(relative(realpathSync(places.root), tree), line)));
    } catch (cause) {
      if ((cause as { status?: number }).status !== 1) return undefined;
    }
  }
  return found;
}

/** What is said where it could not. */
export const NO_SEARCH = 'git could not search its files; see: git grep --untracked x';

/** Whether git has a work tree at a folder; it has none where there is no git. */
function isRepository(folder: string): boolean {
  return tryGit(folder, ['rev-parse', '--is-inside-work-tree']) === 'true';
}

/** Whether a stranger can read the repository at `url`: somebody without this operator's settings, keys and passwords. */
function canAnyoneRead(url: string): boolean {
  // In no repository: settings of its own may hold a password too, and those of one that lies above are anybody's.
  const nowhere = mkdtempSync(join(tmpdir(), 'jinghua-'));
  const env = {
    // There may be a `.netrc` at home.
    HOME: nowhere,
    GIT_CEILING_DIRECTORIES: tmpdir(),
    GIT_DIR: undefined,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const args = ['-c', 'credential.helper=', 'ls-remote', '--heads', '--', url];
  try {
    return tryGit(nowhere, args, { env, timeout: 30_000 }) !== undefined;
  } finally {
    rmSync(nowhere, { recursive: true });
  }
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
