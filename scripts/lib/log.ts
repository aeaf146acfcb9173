import { performance } from 'node:perf_hooks';
import { megabytes } from '../../src/text/megabytes.ts';

/**
 * Runs one step of a longer job and logs it: on a terminal a line when it starts, and everywhere a line with its
 * duration and the peak memory when it ends. Benchmarks read the duration from the entries of `performance.measure`.
 */
export async function step<T>(name: string, run: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`${name} …`);
  try {
    return await run();
  } finally {
    performance.measure(name, { start });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const memory = megabytes(process.resourceUsage().maxRSS * 1024, 0);
    const line = `${name}: ${seconds} s (${memory})`;
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}\n` : `${line}\n`);
  }
}

/**
 * As {@link step}, for a job of `total` parts: shows how many are done, on a terminal in place every 0.1 s, else as a
 * line every 10 s.
 */
export function stepOf<T>(name: string, total: number, run: (done: () => void) => Promise<T>): Promise<T> {
  let count = 0;
  let said = performance.now();
  const interval = process.stdout.isTTY ? 100 : 10_000;
  const done = () => {
    count++;
    if (performance.now() - said < interval) return;
    said = performance.now();
    process.stdout.write(
      process.stdout.isTTY
        ? `\r\u001b[K${name} ${bar(count / total)} ${count}/${total}`
        : `${name}: ${count}/${total}\n`,
    );
  };
  return step(name, () => run(done));
}

function bar(share: number): string {
  const filled = Math.min(20, Math.round(share * 20));
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`;
}
