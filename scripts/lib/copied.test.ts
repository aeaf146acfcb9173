import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { listCopied } from './copied.ts';
import { projectRoot } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function lay(...paths: string[]): void {
  writeFiles(folder, Object.fromEntries(paths.map((path) => [path, 'x'])));
}

test('lists files that are harmless or allowed by name', () => {
  const harmless = ['favicon.ico', 'MP_verify_1.txt', '.well-known/security.txt', 'CNAME', 'img/会.webp'];
  lay(...harmless, 'google1.html');
  expect([...listCopied(folder, ['google1.html'])].sort()).toEqual([...harmless, 'google1.html'].sort());
  expect(listCopied(join(folder, 'none')).size).toBe(0);
  expect(() => listCopied(join(projectRoot, 'public'))).not.toThrow();
});

test.each([
  'x.html',
  'x.SVG',
  'x.svgz',
  'x.rss',
  'x.atom',
  'x.xht',
  'x.shtml',
  'x.cjs',
  'x.css',
  'x',
  'deep/CNAME',
])('refuses %s unless it is allowed by name', (path) => {
  lay(path);
  expect(() => listCopied(folder, [])).toThrow(`public/${path}: browsers may run files of this type`);
});

test.each([
  'root',
  'Root',
  'sw.js',
  'o/ab/x.txt',
  'media/x.png',
  'pagefind/x.json',
  'publish/x.txt',
  'a/x.txt',
])('refuses %s, which a build writes itself', (path) => {
  lay(path);
  expect(() => listCopied(folder, [path])).toThrow('a build writes its own files there');
});

test('refuses a file that begins like a page: where a host sends no type, browsers take it for one', () => {
  writeFiles(folder, { 'x.md': '\n<p>字<script>fetch(1)</script>' });
  expect(() => listCopied(folder, [])).toThrow('public/x.md: begins like a page');
  expect([...listCopied(folder, ['x.md'])]).toEqual(['x.md']);
});

test('refuses links, to files and to folders, and pipes', () => {
  const message = 'public/x.txt: is a link or a special file';
  const place = join(folder, 'x.txt');
  for (const target of ['/etc/hostname', '/etc', '/nowhere']) {
    symlinkSync(target, place);
    expect(() => listCopied(folder)).toThrow(message);
    rmSync(place);
  }
  execFileSync('mkfifo', [place]);
  expect(() => listCopied(folder)).toThrow(message);
});

test('refuses a link in place of the folder itself', () => {
  lay('photo.png');
  const link = join(temporaryFolder(), 'public');
  symlinkSync(folder, link);
  expect(() => listCopied(link)).toThrow('public/: is a link');
});
