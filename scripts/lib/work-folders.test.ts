import { lutimesSync, mkdirSync, readdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { listFiles } from './folder.ts';
import { dropUnused, markUsed } from './work-folders.ts';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** Makes a work folder whose last use was some weeks ago. */
function workFolder(others: string, name: string, weeks: number, files: Record<string, string> = {}): string {
  const folder = join(others, name);
  writeFiles(folder, { 'pages/members/index.html': 'x', ...files });
  const then = new Date(Date.now() - weeks * WEEK);
  for (const one of [...readdirSync(folder).map((child) => join(folder, child)), folder])
    utimesSync(one, then, then);
  return folder;
}

test('work folders that were not used for eight weeks are deleted, and no others', async () => {
  const others = temporaryFolder();
  workFolder(others, 'old', 9);
  workFolder(others, 'recent', 7);
  // As `members verify` uses it: only a folder within changes.
  const verifying = workFolder(others, 'verifying', 9, { 'verify/pages/index.html': 'x' });
  utimesSync(join(verifying, 'verify'), new Date(), new Date());
  // As `dev` uses it.
  markUsed(workFolder(others, 'previewed', 9));
  markUsed(join(others, 'new'));
  workFolder(others, 'building', 9, { 'lock/a': String(process.ppid) });
  workFolder(others, 'killed', 9, { 'lock/a': '2147483646' });
  await dropUnused(others);
  expect(readdirSync(others).sort()).toEqual(['building', 'new', 'previewed', 'recent', 'verifying']);
  expect(listFiles(join(others, 'building'))).toEqual(['lock/a', 'pages/members/index.html']);
});

test('nothing is deleted behind a link, which anybody may have put there', async () => {
  const root = temporaryFolder();
  const home = join(root, 'home');
  const old = workFolder(home, 'photos', 99, { 'lock/a': '2147483646' });
  const others = join(root, 'others');
  mkdirSync(others);
  symlinkSync(old, join(others, 'link'));
  lutimesSync(join(others, 'link'), 0, 0);
  await dropUnused(others);
  symlinkSync(home, join(root, 'linked'));
  await dropUnused(join(root, 'linked'));
  expect(listFiles(root)).toEqual([
    'home/photos/lock/a',
    'home/photos/pages/members/index.html',
    'linked',
    'others/link',
  ]);
});

test('there may be no work folders yet', async () => {
  const root = temporaryFolder();
  await dropUnused(join(root, 'others'));
  mkdirSync(join(root, 'others'));
  await dropUnused(join(root, 'others'));
  expect(readdirSync(join(root, 'others'))).toEqual([]);
});
