import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { projectRoot } from './settings.ts';

/** The first of these programs that is on the PATH, with its folder: the order of the names counts before that of the PATH. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * Runs a program that a package brought, under this Node, in the project's folder, and hands its output on as it comes.
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
  // Through pipes, and both into one: no program takes it for a terminal to draw on.
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => process.stdout.write(chunk));
  }
  return statusOf(child);
}

/** What a program that was started with pipes prints until it ends, and its exit code. */
export async function outputOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ code: number; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    // A chunk may end within a character.
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  return { code: await statusOf(child), output };
}

/** The exit code of a program, once all that it printed has been read; 1 where a signal ended it. */
export function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}
