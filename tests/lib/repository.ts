import { devNull } from 'node:os';
import { git } from '../../src/git.ts';

export interface Repository {
  /** Runs git in it; as in src/git.ts. */
  git: (...args: string[]) => string;
  /** Commits all that lies in the folder, as somebody and at a time, both of which git shows later. */
  commit: (by?: string, at?: string) => void;
}

/** Makes a folder a repository, on its main branch. Nothing of the settings of whoever runs the tests holds in it. */
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
