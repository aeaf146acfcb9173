import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Newsworthy } from '../../src/library/news.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readLate } from '../report/write.ts';
import { lateAfter, lateIn } from './late.ts';

const piece = (id: string, date: string) => ({ id, date }) as Newsworthy;
const talk = piece('talks/a', '2026-11-18');
const note = piece('notes/b', '2026-11-26');

test('a piece that first appears after its week was told counts for the week that is told next', () => {
  const late = lateAfter({}, { 'notes/x': '' }, [talk, note], '2026-11-26');
  expect(late).toEqual({ 'talks/a': '2026-11-26' });
  // The digest of that week may also be written on the Monday after it.
  for (const today of ['2026-11-28', '2026-11-30']) {
    expect(lateAfter(late, { 'talks/a': '', 'notes/b': '' }, [talk, note], today)).toEqual(late);
  }
  expect(lateIn(late, '2026-W48')).toEqual(['talks/a']);
  expect(lateIn(late, '2026-W47')).toEqual([]);
  expect(lateAfter(late, { 'talks/a': '', 'notes/b': '' }, [talk, note], '2026-12-01')).toEqual({});
  expect(lateAfter(late, { 'talks/a': '' }, [note], '2026-11-28')).toEqual({});
});

test('on a Monday, a piece of the week before is not late', () => {
  expect(lateAfter({}, {}, [talk], '2026-11-23')).toEqual({});
  expect(lateAfter({}, {}, [talk], '2026-11-24')).toEqual({ 'talks/a': '2026-11-24' });
});

test('a digest written on a Monday is late from the next day on, as it belongs to the week before', () => {
  const digest = { ...piece('digests/w47', '2026-11-23'), form: 'digests', data: { week: '2026-W47' } };
  const pieces = [digest as Newsworthy];
  expect(lateAfter({}, {}, pieces, '2026-11-23')).toEqual({});
  expect(lateAfter({}, {}, pieces, '2026-11-24')).toEqual({ 'digests/w47': '2026-11-24' });
});

test('the last report on this machine names the late pieces', () => {
  const folder = temporaryFolder();
  expect(readLate(folder)).toEqual({});
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ late: { 'talks/a': '2026-11-26' } }));
  expect(readLate(folder)).toEqual({ 'talks/a': '2026-11-26' });
});

test('nothing is late in the first publication, or if the one before is unknown', () => {
  for (const before of [null, 'unknown'] as const)
    expect(lateAfter({}, before, [talk], '2026-12-24')).toEqual({});
});
