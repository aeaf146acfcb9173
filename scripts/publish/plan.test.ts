import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { writeFiles } from '../lib/folder.ts';
import { storedAt } from './folder.ts';
import { planPublish, uploadsOf, type PlanInput } from './plan.ts';
import type { Stored } from './target.ts';

const object = (digit: string) => `o/${digit.repeat(2)}/${digit.repeat(32)}`;
const nothing = { newFiles: [], changedFiles: [], newPages: [], changedPages: [], removed: [], expired: [] };

function writeTexts(folder: string, texts: Record<string, string>): void {
  writeFiles(folder, new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])));
}

/** Plans for a site with these files. `there` describes the target's files by size, or by size and digest. */
function plan(site: Record<string, string>, there: Record<string, Stored>, record: Partial<Recorded> = {}) {
  const folder = temporaryFolder();
  writeTexts(folder, { root: 'R', ...site });
  return planPublish({
    folder,
    there: new Map(Object.entries(there)),
    record: { publications: [], files: [], retired: {}, ...record },
    today: '2026-11-20',
  });
}
type Recorded = NonNullable<PlanInput['record']>;

test('new, changed and unchanged files are distinguished, and pages from other files', () => {
  const folder = temporaryFolder();
  writeTexts(folder, { 'same.txt': 'abc' });
  const same = storedAt(`${folder}/same.txt`, 'same.txt')!;
  const found = plan(
    {
      'same.txt': 'abc',
      'other.txt': 'abc',
      'grown.txt': 'abcd',
      'new.txt': 'a',
      'old/index.html': 'b',
      'new/index.html': 'c',
    },
    {
      'same.txt': same,
      'other.txt': { size: 3, md5: '0'.repeat(32) },
      'grown.txt': same,
      'old/index.html': { size: 1, md5: '0'.repeat(32) },
    },
  );
  expect(found).toEqual({
    ...nothing,
    newFiles: ['new.txt'],
    changedFiles: ['grown.txt', 'other.txt'],
    newPages: ['new/index.html'],
    changedPages: ['old/index.html'],
    retired: {},
    foreign: [],
  });
  expect(uploadsOf(found)).toEqual(['new.txt', 'grown.txt', 'other.txt', 'new/index.html', 'old/index.html']);
});

test('a sealed file of the same name and size is not sent again, and one that was cut short is', () => {
  const [whole, torn] = [object('a'), object('b')];
  const found = plan({ [whole]: 'sealed', [torn]: 'sealed' }, { [whole]: { size: 6 }, [torn]: { size: 5 } });
  expect(found).toMatchObject({ ...nothing, changedFiles: [torn] });
});

test('an unneeded page is removed immediately, and any other unneeded file after fourteen days', () => {
  const there = ['gone/index.html', 'a/old.css', object('c'), object('d'), object('e')];
  const found = plan(
    {},
    Object.fromEntries(
      [...there, 'root', 'publish/record', 'of-others.txt'].map((file) => [file, { size: 1 }]),
    ),
    {
      files: ['gone/index.html', 'a/old.css'],
      retired: { '2026-11-05': [object('c')], '2026-11-06': [object('d')] },
    },
  );
  expect(found).toEqual({
    ...nothing,
    removed: ['gone/index.html'],
    expired: [object('c')],
    retired: { '2026-11-06': [object('d')], '2026-11-20': ['a/old.css', object('e')] },
    foreign: ['of-others.txt'],
  });
});

test('a retired file that is needed again is kept', () => {
  const again = object('f');
  const found = plan({ [again]: 'x' }, { [again]: { size: 1 } }, { retired: { '2026-01-01': [again] } });
  expect(found).toEqual({ ...nothing, retired: {}, foreign: [] });
});

test('a file retired by a clock that was ahead is kept for fourteen days from now', () => {
  const early = object('a');
  const found = plan({}, { [early]: { size: 1 } }, { retired: { '2031-01-01': [early] } });
  expect(found).toEqual({ ...nothing, retired: { '2026-11-20': [early] }, foreign: [] });
});
