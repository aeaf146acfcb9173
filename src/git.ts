import { execFileSync } from 'node:child_process';

interface GitOptions {
  /** Its standard input, for what must not stand on a command line. */
  input?: string;
  /** What its environment has beside this process's own. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it has failed; for what waits for a network. */
  timeout?: number;
}

/**
 * What `git` prints when it is run in a folder, without the end of its last line.
 *
 * @param args - names that others gave stand behind `--` or `--end-of-options`, paths are best asked for with `-z`
 * @throws Error with what git said, where it fails; one of the system where there is no git
 */
export function git(folder: string, args: string[], { input = '', env, timeout }: GitOptions = {}): string {
  const printed = execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, ...env },
    timeout,
    // A history of years is longer than what Node takes by itself.
    maxBuffer: Infinity,
    // What git says is for the error, not for the terminal.
    stdio: 'pipe',
  });
  return printed.endsWith('\n') ? printed.slice(0, -1) : printed;
}

/** As {@link git}; undefined where it fails, which for many questions is the answer no. */
export function tryGit(...asked: Parameters<typeof git>): string | undefined {
  try {
    return git(...asked);
  } catch {
    return undefined;
  }
}
