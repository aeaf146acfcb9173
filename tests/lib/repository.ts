import { devNull } from 'node:os';
import { git } from '../../src/git.ts';

export interface Repository {
  /** Runs git in the repository, like src/git.ts. */
  git: (...args: string[]) => string;
  /** Commits everything in the folder, with an author and a time for git to show later. */
  commit: (by?: string, at?: string) => void;
}

/**
 * Initialises a repository in a folder, on its main branch, independent of the git settings of whoever runs the tests.
 */
export function initRepository(folder: string): Repository {
  const alone = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull };
  const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    git(folder, args, { env: { ...alone, ...env } });
  run(['init', '--quiet', '--initial-branch=main']);
  return {
    git: (...args) => run(args),
    commit: (by = 'anna', at = '2026-11-01T10:00:00Z') => {
      run(['add', '--all']);
      run(['commit', '--quiet', '--message', `By ${by}`], {
        GIT_AUTHOR_NAME: by,
        GIT_AUTHOR_EMAIL: 'author@kb.example',
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_NAME: 'merger',
        GIT_COMMITTER_EMAIL: 'merger@kb.example',
        GIT_COMMITTER_DATE: at,
      });
    },
  };
}
