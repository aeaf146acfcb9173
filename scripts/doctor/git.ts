import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface Git {
  /** What `git` printed, or null when it failed. `input` is its standard input. */
  run: (args: string[], input?: string) => string | null;
}

/** Git in a folder; null where there is no git, or no repository. */
export function openGit(folder: string): Git | null {
  const run: Git['run'] = (args, input = '') => git(['-C', folder, ...args], { input });
  return run(['rev-parse', '--is-inside-work-tree']) === 'true' ? { run } : null;
}

/** Whether a stranger can read the repository at `url`: somebody without this operator's settings, keys and passwords. */
export function canAnyoneRead(url: string): boolean {
  const env = { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', GIT_CONFIG_GLOBAL: '/dev/null' };
  // Outside the repository, whose own settings may hold a password too.
  return git(['-c', 'credential.helper=', 'ls-remote', '--heads', url], { env, cwd: tmpdir() }) !== null;
}

function git(args: string[], { input = '', env = {}, cwd = '.' }): string | null {
  const { status, stdout } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    input,
    maxBuffer: 2 ** 26,
    timeout: 30_000,
    env: { ...process.env, ...env },
  });
  return status === 0 ? stdout.trim() : null;
}
