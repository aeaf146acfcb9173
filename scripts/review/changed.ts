import { join } from 'node:path';
import { git, tryGit } from '../../src/git.ts';
import { CommandError } from '../lib/main.ts';

/** What became of a file since the main branch. */
export interface Change {
  /** Absolute; below the folder that was asked about as that was named, which may be by a link. */
  path: string;
  kind: 'new' | 'changed' | 'gone';
}

const kinds: Record<string, Change['kind']> = { A: 'new', D: 'gone' };

/**
 * How the files of a repository differ from the main branch, committed or not.
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
  // Before the first commit all is new: what is compared with is the tree of no files.
  const emptyTree = () => git(top, ['hash-object', '-t', 'tree', '--stdin']);
  const before = base ?? tryGit(top, ['rev-parse', '--verify', '-q', 'HEAD']) ?? emptyTree();
  const placed = (path: string) =>
    path.startsWith(prefix) ? join(folder, path.slice(prefix.length)) : join(top, path);
  const fields = (list: string) => list.split('\0').filter((field) => field !== '');
  // A letter and a path for each; a file that moved is one that is gone and one that is new.
  const tracked = fields(git(top, ['diff', '--name-status', '--no-renames', '-z', before]));
  const untracked = fields(git(top, ['ls-files', '--others', '--exclude-standard', '-z']));
  return [
    ...untracked.map((path): Change => ({ path: placed(path), kind: 'new' })),
    ...tracked.flatMap((path, index): Change[] =>
      index % 2 === 0 ? [] : [{ path: placed(path), kind: kinds[tracked[index - 1]!] ?? 'changed' }],
    ),
  ];
}
