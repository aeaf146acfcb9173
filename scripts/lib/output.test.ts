import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { assertReplaceable, lockOf, recover } from './output.ts';

let folder: string;
let out: string;
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, 'site');
});

const look = () => assertReplaceable(out, [join(folder, 'content')], join(folder, 'public'));
const lay = (files: Record<string, string>) => writeFiles(folder, files);
const ours = { 'site/root': '{"format":1}\n', 'site/o/ab/abcd': 'x', 'site/index.html': 'x' };

test('a build may replace a folder that is missing, is empty or holds an earlier site', () => {
  expect(look).not.toThrow();
  mkdirSync(out);
  expect(look).not.toThrow();
  lay(ours);
  expect(look).not.toThrow();
});

test('a build may replace files that it copies from public/, hidden or not', () => {
  lay({ ...ours, 'public/.well-known/a.txt': 'x', 'site/.well-known/a.txt': 'x' });
  expect(look).not.toThrow();
});

test.each([
  ['.env', /site\/\.env was not written by a build/],
  ['.kb-secret', /site\/\.kb-secret was not written by a build/],
  ['.git/config', /is a git checkout/],
  ['deep/.ssh/id', /deep\/\.ssh\/id was not written by a build/],
  ['members.yaml', /site\/members\.yaml was not written by a build/],
  ['talks/a/notes.docx', /notes\.docx was not written by a build/],
  ['backup', /site\/backup was not written by a build/],
])('a build refuses to replace a site with %s in it, and the file stays', (file, message) => {
  lay({ ...ours, [`site/${file}`]: 'precious' });
  expect(look).toThrow(message);
  expect(readFileSync(join(out, file), 'utf8')).toBe('precious');
});

test('a build may replace files that it writes, or once copied', () => {
  const made = [
    'a/x.js',
    'media/1/表.xlsx',
    'pagefind/public/x.pf_meta',
    'sw.js',
    'feed.xml',
    'talks/a/index.html',
  ];
  const once = ['CNAME', 'photo.png', 'MP_verify_1.txt'];
  lay({ ...ours, ...Object.fromEntries([...made, ...once].map((file) => [`site/${file}`, 'x'])) });
  expect(look).not.toThrow();
});

test('a .DS_Store of macOS does not stop a build', () => {
  lay({ 'site/.DS_Store': 'x' });
  expect(look).not.toThrow();
  lay({ ...ours, 'site/talks/.DS_Store': 'x' });
  expect(look).not.toThrow();
});

test('a link in the site does not stop a build', () => {
  lay(ours);
  symlinkSync(folder, join(out, 'sw.js'));
  expect(look).not.toThrow();
});

test.each(['', '..', '../content', '../content/site'])(
  'a build refuses to replace a folder with foreign files, at site/%s',
  (place) => {
    out = join(folder, 'site', place);
    lay({ 'content/a.mdx': 'x', 'site/notes.txt': 'x' });
    expect(look).toThrow(/no build wrote|overlap; a build/);
  },
);

test('a build refuses to replace a file or a link', () => {
  lay({ site: 'x' });
  expect(look).toThrow('is not a folder');
  rmSync(out);
  symlinkSync(folder, out);
  expect(look).toThrow('is not a folder');
});

test('the last good site is restored, but not while another build is running', async () => {
  lay({ 'site.jinghua-previous/root': '{"format":1}\n', 'site.jinghua-lock/process': String(process.ppid) });
  await recover(out, 50);
  expect(existsSync(out)).toBe(false);
  rmSync(lockOf(out), { recursive: true });
  await recover(out);
  expect(existsSync(join(out, 'root'))).toBe(true);
});
