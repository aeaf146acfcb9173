import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { withLock } from './lock.ts';
import { refusalOf } from './main.ts';

const lockIn = () => join(temporaryFolder(), 'lock');
const job = () => Promise.resolve('done');

/** Makes a lock that names another process, or what is left of one. */
function held(process: number | string): string {
  const lock = lockIn();
  mkdirSync(lock);
  writeFileSync(join(lock, 'process'), String(process));
  return lock;
}

test('a lock is held while the job runs, and no longer', async () => {
  const lock = lockIn();
  const owners = () => readdirSync(lock).map((file) => readFileSync(join(lock, file), 'utf8'));
  expect(await withLock(lock, () => Promise.resolve(owners()))).toEqual([String(process.pid)]);
  expect(readdirSync(dirname(lock))).toEqual([]);
});

test.each(['', 'x', '0', '2147483647', process.pid])(
  'a lock that says “%s” belongs to no other running process, and is taken over',
  async (left) => {
    const lock = held(left);
    expect(await withLock(lock, job)).toBe('done');
    expect(readdirSync(dirname(lock))).toEqual([]);
  },
);

test.runIf(process.platform === 'linux')(
  'a lock whose process was killed is taken over, even if nobody has reaped it',
  async () => {
    // `sleep` reaps no children, like the first process of many containers.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [said] = (await once(parent.stdout, 'data')) as [Buffer];
      const killed = Number(said.toString());
      const stateOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8');
      await vi.waitFor(() => expect(stateOf(parent.pid!)).toContain('(sleep)'), 10_000);
      process.kill(killed, 'SIGKILL');
      await vi.waitFor(() => expect(stateOf(killed)).toContain(') Z '), 10_000);
      expect(await withLock(held(killed), job)).toBe('done');
    } finally {
      parent.kill();
    }
  },
);

test('an abandoned lock is removed with everything in it, unless it also names a running process', async () => {
  const lock = held(2147483647);
  mkdirSync(join(lock, 'folder'));
  expect(await withLock(lock, job)).toBe('done');
  const other = held(2147483647);
  writeFileSync(join(other, 'another'), String(process.ppid));
  await expect(withLock(other, job)).rejects.toThrow(`process ${process.ppid}`);
});

test('a file in place of a lock is taken over', async () => {
  const lock = lockIn();
  writeFileSync(lock, '7');
  expect(await withLock(lock, job)).toBe('done');
});

test('a lock of a running process is respected', async () => {
  const lock = held(process.ppid);
  await expect(withLock(lock, job)).rejects.toThrow(`process ${process.ppid}`);
  expect(readFileSync(join(lock, 'process'), 'utf8')).toBe(String(process.ppid));
  expect(readdirSync(dirname(lock))).toEqual(['lock']);
});

test.each([
  ['is free', lockIn],
  ['was abandoned', () => held(2147483647)],
])('only one of several processes gets the lock when it %s', async (_, made) => {
  const lock = made();
  // Each process waits until the others have started, and holds the lock until all have tried.
  const code = `
    import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    const told = (event) => new Promise((resolve) => process.stdin.once(event, resolve));
    console.log('ready');
    await told('data');
    const hold = () => (console.log('in'), told('end'));
    await withLock(${JSON.stringify(lock)}, hold).catch(({ message }) => console.log(message));
    process.exit();`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const lines = children.map(({ stdout }) => createInterface(stdout)[Symbol.asyncIterator]());
  const all = () => Promise.all(lines.map(async (line) => (await line.next()).value!));
  expect(await all()).toEqual(['ready', 'ready', 'ready', 'ready']);
  children.forEach(({ stdin }) => stdin.write('go\n'));
  const said = await all();
  expect(said.filter((one) => one === 'in')).toHaveLength(1);
  expect(said.filter((one) => one.startsWith('another build is running here'))).toHaveLength(3);
  children.forEach(({ stdin }) => stdin.end());
});

test('a place that is not writable is refused with a clear message', async () => {
  const refused: unknown = await withLock('/sys/jinghua-lock', job).catch((error: unknown) => error);
  expect(refusalOf(refused)).toMatch(/jinghua-lock.*: this (place|user)/);
});
