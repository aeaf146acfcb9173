import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withClaim } from './claim.ts';
import type { Target } from './target.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Makes a target in memory whose n-th write takes the n-th number of seconds; further writes take none. */
function slowTarget(...seconds: number[]): { target: Target; files: Set<string> } {
  const files = new Set<string>();
  const target: Target = {
    name: 'TARGET',
    list: (prefix) =>
      Promise.resolve(
        new Map([...files].filter((path) => path.startsWith(prefix)).map((path) => [path, { size: 1 }])),
      ),
    times: (prefix) =>
      Promise.resolve(new Map([...files].filter((path) => path.startsWith(prefix)).map((path) => [path, 0]))),
    read: () => Promise.resolve(null),
    write: async (_folder, paths) => {
      await new Promise((resolve) => setTimeout(resolve, (seconds.shift() ?? 0) * 1000));
      paths.forEach((path) => files.add(path));
    },
    remove: (paths) => {
      paths.forEach((path) => files.delete(path));
      return Promise.resolve();
    },
  };
  return { target, files };
}

test('a claim that is being renewed when the job ends is not left behind', async () => {
  const { target, files } = slowTarget(5, 5);
  // The job ends during the first renewal.
  const publishing = withClaim(target, () => new Promise<void>((resolve) => setTimeout(resolve, 62_000)));
  await vi.advanceTimersByTimeAsync(200_000);
  await publishing;
  expect([...files]).toEqual([]);
});

test('a claim whose renewal takes longer than the next one is not left behind', async () => {
  const { target, files } = slowTarget(0, 100, 1);
  const publishing = withClaim(target, () => new Promise<void>((resolve) => setTimeout(resolve, 125_000)));
  await vi.advanceTimersByTimeAsync(300_000);
  await publishing;
  expect([...files]).toEqual([]);
});
