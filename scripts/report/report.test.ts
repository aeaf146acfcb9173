import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { loadContent } from '../../src/markdown/load.ts';
import { writeFiles } from '../../tests/lib/site.ts';
import { shownBy } from '../lib/changes.ts';
import { markdownOf } from './markdown.ts';
import { reportOf, type ReportInput } from './report.ts';

let folder: string;
let content: Content;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  const note = (title: string, more = '') =>
    `---\ntitle: ${title}\ndate: 2026-11-17\npeople: { author: lin }\n${more}---\n\n正文。\n`;
  writeFiles(folder, {
    'notes/new.mdx': note('新的'),
    'notes/changed.mdx': note('改的', 'expires: 2026-11-30\n'),
    'notes/same.mdx': note('没动的', 'expires: 2026-11-01\n'),
    'people/lin.mdx': '---\nname: 林\nrole: 运营\njoined: 2026-01-01\n---\n\n介绍。\n',
  });
  content = await loadContent({
    root: folder,
    cache: join(folder, '.cache'),
    date: '2026-11-22',
    drafts: false,
    base: '',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const input = (before: ReportInput['before']): ReportInput => ({
  build: 7,
  target: '/srv/www',
  today: '2026-11-22',
  content,
  before,
  writers: {
    ever: new Map([['notes/new', ['林夏', '*陈一*']]]),
    since: new Map([
      ['notes/new', ['林夏']],
      ['notes/changed', ['Vivian Chen']],
    ]),
  },
  members: [
    { id: 'anna', serial: 1, tier: 'members', expires: '2026-12-01' },
    { id: 'carl', serial: 1, tier: 'members', removed: '2026-11-01' },
    { id: 'dora', serial: 1, tier: 'members', expires: '2026-10-31' },
  ],
  site: { files: 100, bytes: 2_000_000 },
  uploaded: { files: 3, bytes: 20_000 },
  removed: 1,
  late: {},
  audit: { sealed: 60, readable: 40 },
  pages: [
    { path: '/a/', milliseconds: 5 },
    { path: '/b/', milliseconds: 9 },
    { path: '/b/', milliseconds: 7 },
  ],
});

test('says so when what the previous site showed is unknown', () => {
  const report = reportOf(input('unknown'));
  expect(report.entries).toBeNull();
  const markdown = markdownOf(report);
  expect(markdown).toMatch(
    /is unknown: the record of the previous site is lost, or sealed with another secret/,
  );
  expect(markdown).not.toContain('## New');
});

test('reports what changed, who contributed, what expires soon and which pages are slow', () => {
  const others = content.entries.filter(({ id }) => id !== 'notes/new');
  const before = { ...shownBy(others), 'notes/changed': 'other', 'notes/gone': 'x' };
  const report = reportOf(input(before));
  expect(report.entries).toEqual({
    added: [{ id: 'notes/new', title: '新的', by: ['林夏', '*陈一*'] }],
    changed: [{ id: 'notes/changed', title: '改的', by: ['Vivian Chen'] }],
    removed: ['notes/gone'],
  });
  const markdown = markdownOf(report);
  expect(markdown).toContain('## New (1)\n\n- 新的 (notes/new), by 林夏, \\*陈一\\*\n');
  expect(markdown).toContain('## Changed (1)\n\n- 改的 (notes/changed), by Vivian Chen\n');
  expect(report.expiry).toEqual({
    expired: [{ id: 'notes/same', title: '没动的', on: '2026-11-01' }],
    soon: [{ id: 'notes/changed', title: '改的', on: '2026-11-30' }],
  });
  expect(report.members).toEqual({
    active: 1,
    expired: 1,
    removed: 1,
    expiring: [{ id: 'anna', on: '2026-12-01' }],
  });
  expect(report.contributions.map(({ span, people }) => [span, people])).toEqual(
    ['week', 'month', 'year'].map((span) => [span, [{ name: '林', pieces: 3, helped: 0, said: 0 }]]),
  );
  expect(report.slowest.map(({ path }) => path)).toEqual(['/b/', '/a/']);
});

test('also reports the contributions of a month and a year that have just ended', () => {
  const { contributions } = reportOf({ ...input(null), today: '2027-01-04' });
  expect(contributions.map(({ from, to }) => [from, to])).toEqual([
    ['2026-12-28', '2027-01-03'],
    ['2026-12-01', '2026-12-31'],
    ['2026-01-01', '2026-12-31'],
  ]);
});

test.each([
  ['2026-11-23', '2026-11-30'],
  ['2026-03-02', '2026-02-28'],
  ['2028-02-29', '2028-02-29'],
])('on %s, the month ends on a day that exists', (today, end) => {
  const { contributions } = reportOf({ ...input(null), today });
  expect(contributions.find(({ span }) => span === 'month')?.to).toBe(end);
});

test('calls everything new in the first publication', () => {
  expect(reportOf(input(null)).entries?.added).toHaveLength(4);
});

test('escapes what contributors wrote in the Markdown report', () => {
  const report = reportOf(input(null));
  const title = '![x](https://evil.example/x.png) <img src=x> ##[error]x';
  const [week, ...others] = report.contributions;
  const markdown = markdownOf({
    ...report,
    entries: { added: [{ id: 'notes/new', title, by: [] }], changed: [], removed: [] },
    contributions: [{ ...week!, people: [{ name: title, pieces: 1, helped: 0, said: 0 }] }, ...others],
  });
  const escaped = '\\!\\[x\\](https\\://evil.example/x.png) \\<img src=x\\> \\#\\#\\[error\\]x';
  expect(markdown).toContain(`- ${escaped} (notes/new)`);
  expect(markdown).toContain(`- ${escaped}: 1 piece`);
  expect(markdown).not.toContain('![');
});

test('leaves sections with nothing to say out of the Markdown report', () => {
  const markdown = markdownOf(reportOf(input(shownBy(content.entries))));
  expect(markdown).toContain('# Build 7, 2026-11-22\n\n- published to /srv/www: sent 3 files, 0.02 MB');
  expect(markdown).toContain('## Members who expire soon\n\n- anna, last day 2026-12-01');
  expect(markdown).toContain('- discussions: 0 of 1 in 2026-W47');
  expect(markdown).not.toContain('## New (0)');
});
