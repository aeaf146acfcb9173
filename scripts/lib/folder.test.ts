import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { isWithin, listFiles, makeFolder } from './folder.ts';

test('lists a link as a file, unless links are followed', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'there/deep/b.txt': 'x', 'here/a.txt': 'x' });
  symlinkSync(join(folder, 'there'), join(folder, 'here/link'));
  symlinkSync('/nowhere', join(folder, 'here/lost'));
  const here = join(folder, 'here');
  expect(listFiles(here)).toEqual(['a.txt', 'link', 'lost']);
  expect(listFiles(here, { follow: true })).toEqual(['a.txt', 'link/deep/b.txt', 'lost']);
  expect(listFiles(join(folder, 'none'))).toEqual([]);
});

test('follows no link that leads back', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'www/a.txt': 'x', 'elsewhere/b.txt': 'x' });
  // So a host serves a site under a path too.
  symlinkSync('.', join(folder, 'www/path'));
  symlinkSync('../elsewhere', join(folder, 'www/there'));
  symlinkSync('../www', join(folder, 'elsewhere/back'));
  expect(listFiles(join(folder, 'www'), { follow: true })).toEqual(['a.txt', 'there/b.txt']);
});

test('makes parent folders too, and throws where none can be made', () => {
  const folder = join(temporaryFolder(), 'a/b/c');
  makeFolder(folder);
  makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
  if (existsSync('/proc/self')) expect(() => makeFolder('/proc/nowhere/a/b')).toThrow(/nowhere/);
});

test.each([
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/a', '/a/b', false],
  ['/a', '/', true],
])('%s is within %s: %s', (path, folder, is) => {
  expect(isWithin(path, folder)).toBe(is);
});
