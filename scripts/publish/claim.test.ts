import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSettings } from '../lib/settings.ts';
import { withClaim } from './claim.ts';
import { openFolder } from './folder.ts';
import { claims, type Target } from './target.ts';

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
    read: (path) => Promise.resolve(files.has(path) ? new Uint8Array() : null),
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

describe('renewals', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('a claim that is being renewed when the job ends is not left behind', async () => {
    const { target, files } = slowTarget(5, 5);
    // The job ends during the first renewal.
    const publishing = withClaim(target, () => new Promise<void>((resolve) => setTimeout(resolve, 62_000)));
    await vi.advanceTimersByTimeAsync(200_000);
    await publishing;
    expect([...files]).toEqual([]);
  });

  test('a claim that another publisher has removed stays removed, and its job may not go on', async () => {
    const { target, files } = slowTarget();
    const publishing = withClaim(target, async ({ assert }) => {
      files.clear();
      await new Promise<void>((resolve) => setTimeout(resolve, 62_000));
      await assert();
    });
    const refused = expect(publishing).rejects.toThrow('another publisher took over TARGET');
    await vi.advanceTimersByTimeAsync(200_000);
    await refused;
    expect([...files]).toEqual([]);
  });

  test('a claim whose renewal takes longer than the next one is not left behind', async () => {
    const { target, files } = slowTarget(0, 100, 1);
    const publishing = withClaim(target, () => new Promise<void>((resolve) => setTimeout(resolve, 125_000)));
    await vi.advanceTimersByTimeAsync(300_000);
    await publishing;
    expect([...files]).toEqual([]);
  });
});

describe('the claim of a publisher that was killed', () => {
  const settings = readSettings({});

  /** Leaves the claim of a process that runs, with these changes, and publishes. */
  async function publishAfter(changes: Record<string, string>): Promise<string> {
    const folder = temporaryFolder();
    const target = openFolder(folder, settings);
    const claim = await withClaim(target, () => {
      const [name = ''] = readdirSync(join(folder, claims));
      return Promise.resolve(JSON.parse(readFileSync(join(folder, claims, name), 'utf8')) as object);
    });
    writeFiles(folder, { [`${claims}/left`]: JSON.stringify({ ...claim, ...changes }) });
    return withClaim(target, () => Promise.resolve('published'));
  }

  test('counts for nothing once its machine was restarted, whatever has its process id now', async () => {
    expect(await publishAfter({ boot: 'earlier' })).toBe('published');
  });

  test.each([{}, { machine: 'another' }, { machine: 'another', boot: 'earlier' }])(
    'counts if it may be running: %j',
    async (changes) => {
      await expect(publishAfter(changes)).rejects.toThrow('another publisher is working');
    },
  );
});
