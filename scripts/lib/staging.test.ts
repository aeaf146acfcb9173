import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { listFiles } from './folder.ts';
import { Staging, takeReplaced } from './staging.ts';

let folder: string;
let standing: string;
let staging: string;
beforeEach(() => {
  folder = temporaryFolder();
  [standing, staging] = [join(folder, 'dist'), join(folder, 'next')];
});

type Files = Record<string, string>;
function stage(files: Files): void {
  const staged = new Staging(staging, standing, (path) => path in files || path.startsWith('o/'));
  for (const [path, text] of Object.entries(files)) staged.write(path, Buffer.from(text));
  staged.finish();
}
const read = (at: string) =>
  Object.fromEntries(listFiles(at).map((path) => [path, readFileSync(join(at, path), 'utf8')]));
const nodeOf = (path: string) => statSync(path).ino;

test('holds the new site and nothing else, whatever was there before', () => {
  writeFiles(standing, { 'index.html': 'new', 'a/index.html': 'same', 'o/ab/1': 'x' });
  writeFiles(staging, {
    'index.html': 'old',
    'a/index.html': 'same',
    'b/index.html': 'gone',
    'o/ab/0': 'gone',
  });
  const files = { 'index.html': 'new', 'a/index.html': 'same', 'c/index.html': 'more', 'o/cd/2': 'y' };
  stage(files);
  expect(read(staging)).toEqual(files);
  expect(existsSync(join(staging, 'b'))).toBe(false);
  expect(existsSync(join(staging, 'o/ab'))).toBe(false);
});

test('shares unchanged files with the current site, and never writes into those', () => {
  writeFiles(standing, { same: 'x', changed: 'old' });
  stage({ same: 'x', changed: 'old' });
  stage({ same: 'x', changed: 'new' });
  expect(nodeOf(join(staging, 'same'))).toBe(nodeOf(join(standing, 'same')));
  expect(read(standing)).toEqual({ same: 'x', changed: 'old' });
  expect(read(staging)).toEqual({ same: 'x', changed: 'new' });
});

test('replaces a file by a folder, a folder by a file, and links that lead elsewhere', () => {
  writeFiles(folder, { 'elsewhere/kept': 'x' });
  writeFiles(staging, { a: 'file', 'b/c': 'folder' });
  symlinkSync(join(folder, 'elsewhere'), join(staging, 'd'));
  symlinkSync(join(folder, 'elsewhere/kept'), join(staging, 'e'));
  const files = { 'a/b': '1', b: '2', 'd/kept': '3', e: '4' };
  stage(files);
  expect(read(staging)).toEqual(files);
  expect(read(join(folder, 'elsewhere'))).toEqual({ kept: 'x' });
});

test('starts from the site that was replaced, instead of what an interrupted build left', () => {
  const replaced = join(folder, 'replaced');
  writeFiles(replaced, { a: '1' });
  writeFiles(staging, { b: '2' });
  takeReplaced(replaced, staging);
  expect(read(staging)).toEqual({ a: '1' });
  takeReplaced(replaced, staging);
  expect(existsSync(staging)).toBe(false);
});
