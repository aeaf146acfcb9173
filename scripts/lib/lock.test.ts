import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.ts';
import { refusalOf } from './main.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'jinghua-lock-')), 'lock');
const job = () => Promise.resolve('done');

test('a lock is held while the job runs, and no longer', async () => {
  const lock = file();
  const held = await withLock(lock, () => Promise.resolve(readFileSync(lock, 'utf8')));
  expect(held).toBe(String(process.pid));
  expect(existsSync(lock)).toBe(false);
});

test.each(['', '2147483647'])('a lock that says “%s” is of nobody, and taken over', async (left) => {
  const lock = file();
  writeFileSync(lock, left);
  expect(await withLock(lock, job)).toBe('done');
});

test('a lock of a process that runs is respected', async () => {
  const lock = file();
  writeFileSync(lock, String(process.ppid));
  await expect(withLock(lock, job)).rejects.toThrow(`process ${process.ppid}`);
  expect(readFileSync(lock, 'utf8')).toBe(String(process.ppid));
});

test('a place that may not be written to is said to be one', async () => {
  const refused: unknown = await withLock('/sys/jinghua-lock', job).catch((error: unknown) => error);
  expect(refusalOf(refused)).toMatch(/jinghua-lock.*: this (place|user)/);
});
