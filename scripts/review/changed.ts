import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CommandError } from '../lib/main.ts';

/**
 * The files of a repository that differ from the main branch, committed or not, as absolute paths; deleted ones are
 * among them.
 *
 * @throws CommandError when `folder` is in no Git repository
 */
export function changedFiles(folder: string): string[] {
  const git = (...args: string[]) => {
    const { status, stdout } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
    return status === 0 ? stdout : undefined;
  };
  const top = git('rev-parse', '--show-toplevel')?.trim();
  if (top === undefined) throw new CommandError('--changed：这里不是 Git 仓库 → 去掉 --changed', 2);
  const base = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']
    .map((branch) => git('merge-base', 'HEAD', branch)?.trim())
    .find((commit) => commit !== undefined);
  const lists = [
    git('-C', top, 'diff', '--name-only', '-z', base ?? 'HEAD'),
    git('-C', top, 'ls-files', '--others', '--exclude-standard', '-z'),
  ];
  return lists.flatMap((list = '') =>
    list
      .split('\0')
      .filter((path) => path !== '')
      .map((path) => join(top, path)),
  );
}
