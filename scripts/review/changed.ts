import { join } from 'node:path';
import { git, tryGit } from '../../src/git.ts';
import { CommandError } from '../lib/main.ts';

/** How a file differs from the main branch. */
export interface Change {
  /** Absolute. Files below the folder given start with that folder's path as it was given, even if that is a link. */
  path: string;
  kind: 'new' | 'changed' | 'gone';
}

const kinds: Record<string, Change['kind']> = { A: 'new', D: 'gone' };

/**
 * Returns how the files of a repository differ from the main branch, committed or not.
 *
 * @param folder - any folder in the repository
 * @throws CommandError when `folder` is in no Git repository
 */
export function changesIn(folder: string): Change[] {
  const [top, prefix = ''] =
    tryGit(folder, ['rev-parse', '--show-toplevel', '--show-prefix'])?.split('\n') ?? [];
  if (top === undefined) throw new CommandError(`${folder} 不在 Git 仓库里，没有主分支可比`, 2);
  const base = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']
    .map((branch) => tryGit(top, ['merge-base', 'HEAD', branch]))
    .find((commit) => commit !== undefined);
  // Before the first commit everything is new: compare with the empty tree.
  const emptyTree = () => git(top, ['hash-object', '-t', 'tree', '--stdin']);
  const before = base ?? tryGit(top, ['rev-parse', '--verify', '-q', 'HEAD']) ?? emptyTree();
  const placed = (path: string) =>
    path.startsWith(prefix) ? join(folder, path.slice(prefix.length)) : join(top, path);
  const fields = (list: string) => list.split('\0').filter((field) => field !== '');
  // The list alternates letter and path. A moved file counts as one that is gone and one that is new.
  const tracked = fields(git(top, ['diff', '--name-status', '--no-renames', '-z', before]));
  const untracked = fields(git(top, ['ls-files', '--others', '--exclude-standard', '-z']));
  return [
    ...untracked.map((path): Change => ({ path: placed(path), kind: 'new' })),
    ...tracked.flatMap((path, index): Change[] =>
      index % 2 === 0 ? [] : [{ path: placed(path), kind: kinds[tracked[index - 1]!] ?? 'changed' }],
    ),
  ];
}
