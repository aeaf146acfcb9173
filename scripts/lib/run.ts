import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { projectRoot } from './settings.ts';

/**
 * Returns the path of the first of these programs that is on the PATH. The order of the names comes before that of the
 * PATH.
 */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * Runs a program from a package, under this Node and in the project's folder, and passes its output on as it comes.
 *
 * @param script - path below node_modules, e.g. `vitest/vitest.mjs`
 * @param under - a program that starts it, with its arguments, e.g. `['xvfb-run', '-a']`
 * @returns the exit code
 */
export async function runPackage(
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  under: string[] = [],
): Promise<number> {
  const node = [process.execPath, join(projectRoot, 'node_modules', script), ...args];
  const [program = '', ...rest] = [...under, ...node];
  const child = spawn(program, rest, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Output goes through pipes, so that no program draws on it as on a terminal, and both streams go to stdout.
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => process.stdout.write(chunk));
  }
  return statusOf(child);
}

/** Collects the output of a program that was started with pipes until it ends, and returns it with its exit code. */
export async function outputOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ code: number; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    // Decode as a stream: a chunk may end within a character.
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  return { code: await statusOf(child), output };
}

/** Resolves with the exit code of a program once all its output has been read; 1 if a signal ended it. */
export function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}
