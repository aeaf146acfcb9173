import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { initRepository, type Repository } from '../tests/lib/repository.ts';
import { writeFiles } from '../tests/lib/site.ts';
import { temporaryFolder } from '../tests/lib/temporary-folder.ts';
import { historiesOf, readHistory } from './history.ts';

let folder: string;
let git: Repository['git'];
let commit: Repository['commit'];

beforeEach(() => {
  folder = temporaryFolder();
  ({ git, commit } = initRepository(folder));
});

const write = (file: string, text: string) => writeFiles(folder, { [file]: text });

test('reads the last change by Shanghai’s date and the contributors, the first author first', () => {
  write('content/talks/一场.mdx', 'a');
  write('content/notes/b.mdx', 'b');
  commit('林夏', '2026-11-01T10:00:00Z');
  write('content/talks/一场.mdx', 'aa');
  commit('chen', '2026-11-02T20:00:00Z');
  write('content/talks/一场.mdx', 'aaa');
  commit('林夏', '2026-11-03T20:00:00Z');
  write('outside.txt', 'no content');
  commit('nobody', '2026-11-04T10:00:00Z');
  expect(readHistory(join(folder, 'content'))).toEqual(
    new Map([
      ['talks/一场.mdx', { updated: '2026-11-04', contributors: ['林夏', 'chen'] }],
      ['notes/b.mdx', { contributors: ['林夏'] }],
    ]),
  );
});

test('reads a folder through a symbolic link', () => {
  write('content/talks/a.mdx', 'a');
  commit('anna', '2026-11-01T10:00:00Z');
  const link = join(temporaryFolder(), 'link');
  symlinkSync(join(folder, 'content'), link);
  expect(readHistory(link)).toEqual(new Map([['talks/a.mdx', { contributors: ['anna'] }]]));
});

test('follows a file to its new name, and not another file that takes its old name', () => {
  write('a.mdx', 'one line\nanother line\na third line\n');
  commit('anna', '2026-11-01T10:00:00Z');
  renameSync(join(folder, 'a.mdx'), join(folder, 'b.mdx'));
  commit('dora', '2026-11-01T11:00:00Z');
  write('b.mdx', 'one line\nanother line\na new line\n');
  commit('ben', '2026-11-02T10:00:00Z');
  write('a.mdx', 'nothing of that');
  commit('carl', '2026-11-03T10:00:00Z');
  expect(readHistory(folder)).toEqual(
    new Map([
      ['a.mdx', { contributors: ['carl'] }],
      ['b.mdx', { updated: '2026-11-02', contributors: ['anna', 'ben'] }],
    ]),
  );
});

// An entry moves into a folder of its own to get pictures, often in the commit that rewrites it.
test('an entry that moves into a folder or out of it keeps its history, however much of it changes', () => {
  write('notes/a.mdx', 'one line\nanother line\na third line\n');
  write('notes/b/index.mdx', 'one\ntwo\nthree\n');
  commit('anna', '2026-11-01T10:00:00Z');
  rmSync(join(folder, 'notes'), { recursive: true });
  write('notes/a/index.mdx', 'all of it is new');
  write('notes/b.mdx', 'so is this');
  commit('ben', '2026-11-02T10:00:00Z');
  const entries = ['notes/a/index.mdx', 'notes/b.mdx'].map((file) => ({
    id: file,
    file: join(folder, file),
  }));
  const history = { updated: '2026-11-02', contributors: ['anna', 'ben'] };
  expect(historiesOf(entries, folder, readHistory(folder))).toEqual(
    new Map(entries.map(({ id }) => [id, history])),
  );
});

test('reads the history up to an earlier commit', () => {
  write('a.mdx', 'a');
  commit('anna', '2026-11-01T10:00:00Z');
  write('a.mdx', 'b');
  commit('ben', '2026-11-02T10:00:00Z');
  expect(readHistory(folder, 'HEAD~1')).toEqual(new Map([['a.mdx', { contributors: ['anna'] }]]));
  expect(readHistory(folder, '--all')).toEqual(new Map());
});

test('returns nothing in a shallow clone', () => {
  write('a.mdx', 'a');
  commit('anna', '2026-11-01T10:00:00Z');
  write('a.mdx', 'b');
  commit('ben', '2026-11-02T10:00:00Z');
  git('clone', '-q', '--depth', '1', `file://${folder}`, 'shallow');
  expect(readHistory(join(folder, 'shallow'))).toEqual(new Map());
});

test('returns nothing outside of git', () => {
  rmSync(join(folder, '.git'), { recursive: true });
  expect(readHistory(folder)).toEqual(new Map());
});

test.each([
  ['a date beyond the calendar', '@99999999999999 +0000'],
  ['a year of five digits', '@300000000000 +0000'],
])('a commit with %s does not affect the others', (_, date) => {
  write('kept.mdx', '一');
  commit('anna', '2026-10-01T00:00:00Z');
  write('kept.mdx', '一二');
  commit('ben', '2026-10-02T00:00:00Z');
  write('kept.mdx', '一二三');
  commit('mallory', date);
  expect(readHistory(folder).get('kept.mdx')).toEqual({
    updated: '2026-10-02',
    contributors: ['anna', 'ben', 'mallory'],
  });
});

test('names of authors lose the characters that no text of a page may have', () => {
  write('a.mdx', 'a');
  commit('an\u202e\u009b2Jna', '2026-11-01T10:00:00Z');
  expect(readHistory(folder).get('a.mdx')).toEqual({ contributors: ['an2Jna'] });
});
