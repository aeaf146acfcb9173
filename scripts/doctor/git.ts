import { spawnSync } from 'node:child_process';

export interface Git {
  /** What `git` printed, or null when it failed. `input` is its standard input. */
  run: (args: string[], input?: string) => string | null;
}

/** Git in a folder; null where there is no git, or no repository. */
export function openGit(folder: string): Git | null {
  const run: Git['run'] = (args, input = '') => {
    const { status, stdout } = spawnSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      input,
      maxBuffer: 2 ** 26,
      timeout: 30_000,
      // Asked as a stranger: no password of the operator's, no prompt.
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', GIT_CONFIG_GLOBAL: '/dev/null' },
    });
    return status === 0 ? stdout.trim() : null;
  };
  return run(['rev-parse', '--is-inside-work-tree']) === 'true' ? { run } : null;
}
