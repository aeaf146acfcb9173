import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface GitOptions {
  /** Standard input, for data that must not appear on a command line. */
  input?: string;
  /** Environment variables added to those of this process. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command fails; for commands that use the network. */
  timeout?: number;
}

/**
 * Runs `git` in a folder and returns its output without the final newline.
 *
 * @param args - put names from others behind `--` or `--end-of-options`, and list paths with `-z`
 * @throws Error with git's own message when the command fails; a system error when git isn't installed; an error when
 *   the folder is in a repository that hides in the files of another
 */
export function git(folder: string, args: string[], { input = '', env, timeout }: GitOptions = {}): string {
  assertNoneHidden(folder);
  const printed = execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, ...env },
    timeout,
    // The log of several years exceeds Node's default limit.
    maxBuffer: Infinity,
    // Git's messages belong in the error, not in the terminal.
    stdio: 'pipe',
  });
  return printed.endsWith('\n') ? printed.slice(0, -1) : printed;
}

/**
 * Git takes a folder with `HEAD`, `objects` and `refs` for a bare repository, and runs programs that its `config` names.
 * Anybody can commit such files to the content folder. Git has a setting against that, `safe.bareRepository`, but only
 * from 2.38 on.
 */
function assertNoneHidden(folder: string): void {
  for (let at = realpathSync(folder); !existsSync(join(at, '.git')) && at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'HEAD')))
      throw new Error(`${at} looks like a repository within another; remove its file HEAD`);
  }
}

/** Like {@link git}, but returns undefined when the command fails, which for many questions means no. */
export function tryGit(...asked: Parameters<typeof git>): string | undefined {
  try {
    return git(...asked);
  } catch {
    return undefined;
  }
}
