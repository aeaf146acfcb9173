import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { git, tryGit } from '../../src/git.ts';
import { parseToken, siteTagOf } from '../../src/vault/index.ts';
import { isFolder } from '../lib/folder.ts';
import { usableSecret } from '../lib/secret.ts';
import type { Settings } from '../lib/settings.ts';
import { error, ok, unknown, warning, type Diagnosis } from './diagnosis.ts';

/**
 * Checks who can read the remotes of the content's repository: they contain everything that the gate protects.
 *
 * @param root - a folder in the repository
 */
export function examineRepository(root: string): Diagnosis[] {
  if (!isRepository(root)) return [unknown('repository', 'this folder is not in a git repository')];
  const remotes = (tryGit(root, ['remote']) ?? '').split('\n').filter((name) => name !== '');
  if (remotes.length === 0) return [ok('repository', 'has no remote')];
  return remotes.map((name) => {
    const url = webAddressOf(tryGit(root, ['remote', 'get-url', '--', name]) ?? '');
    if (!url) return unknown('repository', `${name} is not on a web host, so who can read it is unknown`);
    if (!canAnyoneRead(url)) return ok('repository', `${name}: ${url} is not public, or it can't be reached`);
    return warning(
      'repository',
      `${name}: anyone can read ${url}, including every piece for members`,
      'make the repository private',
    );
  });
}

/** Matches a token in the spelling that we print, as a regular expression for git and for JavaScript. */
export const TOKENS = 'kb_[0-9a-z-]{32,40}';

/** The folders whose work trees others may get. */
export type Places = Pick<Settings, 'root' | 'content' | 'members'>;

/** Searches the work trees for links and tokens of this site's members. */
export async function examineTree(settings: Places & Pick<Settings, 'ci'>): Promise<Diagnosis[]> {
  const secret = usableSecret(settings);
  if (!secret || treesOf(settings).length === 0) return [];
  const tag = await siteTagOf(secret);
  // Each line is the file, a colon and the token.
  const found = grepTrees(settings, ['-o', '-E', TOKENS]);
  if (!found) return [unknown('links', NO_SEARCH)];
  const files = found
    .filter((line) => parseToken(line.slice(line.lastIndexOf(':') + 1))?.siteTag === tag)
    .map((line) => line.slice(0, line.lastIndexOf(':')));
  if (files.length === 0) return [];
  return [
    error(
      'links',
      `a member's token is in ${[...new Set(files)].join(', ')}`,
      'remove it, and issue a new one: npm run members -- reissue ID',
    ),
  ];
}

/** Returns the git work trees that contain the project, the content and the members file, each once. */
export function treesOf({ root, content, members }: Places): string[] {
  const folders = [root, content, dirname(members)].filter(isFolder);
  return [...new Set(folders.flatMap((folder) => tryGit(folder, ['rev-parse', '--show-toplevel']) ?? []))];
}

/**
 * Runs `git grep` in all work trees, on tracked files and those that git would add. Returns its lines, each beginning
 * with the file's path relative to the project.
 *
 * @param input - the standard input of git
 * @returns undefined if the search failed: exit code 1 means that nothing was found, any higher one a failure
 */
export function grepTrees(places: Places, args: string[], input = ''): string[] | undefined {
  const found: string[] = [];
  for (const tree of treesOf(places)) {
    // Show Unicode file names as they are; control characters stay escaped.
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

/** The message when {@link grepTrees} fails. */
export const NO_SEARCH = 'git could not search its files; see: git grep --untracked x';

/** Whether a folder is in a git work tree. False if git is not installed. */
function isRepository(folder: string): boolean {
  return tryGit(folder, ['rev-parse', '--is-inside-work-tree']) === 'true';
}

/**
 * Whether a stranger can read the repository at `url`: someone without this operator's settings, keys and passwords.
 */
function canAnyoneRead(url: string): boolean {
  // Run outside of any repository, as the settings of one may contain a password or come from somebody else.
  const nowhere = mkdtempSync(join(tmpdir(), 'jinghua-'));
  const env = {
    // The home folder may have a `.netrc`.
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

/** Returns the address that a stranger would use: without a user, and https instead of ssh. */
function webAddressOf(remote: string): string | null {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d+)?[:/](.+)$/.exec(remote);
  if (ssh) return `https://${ssh[1]!}/${ssh[2]!}`;
  const url = URL.parse(remote);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
