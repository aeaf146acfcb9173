import { performance } from 'node:perf_hooks';

/**
 * Runs one step of a longer job and says so: a line when it starts on a terminal, and one with its duration and the
 * highest memory seen when it ends.
 */
export async function step<T>(name: string, run: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`${name} …`);
  try {
    return await run();
  } finally {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const line = `${name}: ${seconds} s (${megabytes} MB)`;
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}\n` : `${line}\n`);
  }
}
