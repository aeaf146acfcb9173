import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './settings.ts';

/**
 * Runs a program that a package brought, under this Node, in the project's folder, and hands its output on as it comes.
 *
 * @param script - path below node_modules, e.g. `vitest/vitest.mjs`
 * @returns the exit code and all that it printed
 */
export async function runPackage(
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [join(projectRoot, 'node_modules', script), ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => resolve(status ?? 1));
  });
  return { code, output };
}
