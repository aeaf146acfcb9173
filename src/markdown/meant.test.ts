import { expect, test } from 'vitest';
import { readFrontMatter } from './frontmatter.ts';
import { compile } from './compile.ts';
import { schemas } from '../model/schemas.ts';
import type { Form } from '../model/form.ts';

const note = { title: '一', date: '2026-11-20' };
const talk = { ...note, speakers: '[linxia]' };

/** Returns what the findings say about a front matter of these lines. */
function said(form: Form, fields: Record<string, string>): string[] {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`);
  return readFrontMatter(`---\n${lines.join('')}---\n`, schemas[form]).findings.map(({ fix }) => fix);
}

test.each<[Form, Record<string, string>, string]>([
  ['notes', { date: '2026/11/2' }, '写成 2026-11-02'],
  ['notes', { date: '2026年11月20日' }, '写成 2026-11-20'],
  ['notes', { date: '2026.11.20' }, '写成 2026-11-20'],
  ['notes', { date: '20261120' }, '写成 2026-11-20'],
  ['notes', { date: '2026-11-20 21:00' }, '写成 2026-11-20'],
  ['notes', { date: '2026–11–20' }, '写成 2026-11-20，数字和符号都用英文的'],
  ['notes', { date: '２０２６-１１-２０' }, '写成 2026-11-20，数字和符号都用英文的'],
  ['notes', { title: '2026' }, '写成 "2026"，加上英文的引号'],
  ['notes', { draft: '是' }, '写成 true'],
  ['notes', { draft: 'yes' }, '写成 true'],
  ['notes', { draft: '"true"' }, '写成 true，不加引号'],
  ['notes', { kind: '“extra”' }, '写成 extra，不加引号'],
  ['notes', { kind: 'extra，' }, '写成 extra，数字和符号都用英文的'],
  ['notes', { kind: '读书' }, '写成 reading'],
  ['notes', { level: '0-1年' }, '写成 0-1'],
  ['notes', { channel: '公众号' }, '写成 official-account'],
  ['notes', { role: '[社群运营, user]' }, '写成 community'],
  ['notes', { slug: 'Three_Lines' }, '写成 three-lines'],
  ['notes', { slug: '2026-11-20-K3VQ' }, '写成 2026-11-20-k3vq'],
  ['notes', { slug: '２０２６' }, '写成 "2026"，加上英文的引号'],
  ['notes', { slug: '“null”' }, '写成 "null"，加上英文的引号'],
  ['notes', { series: 'start', number: '"3"' }, '写成 3，不加引号'],
  ['notes', { series: 'start', number: '第3期' }, '写成 3'],
  ['talks', { duration: '45：30' }, '写成 45:30，数字和符号都用英文的'],
  ['talks', { duration: '‘45:30’' }, '写成 45:30，不加引号'],
  ['talks', { duration: '45分30秒' }, '写成 45:30'],
  ['talks', { duration: '1小时2分' }, '写成 1:02:00'],
  ['digests', { week: '2026-w47' }, '写成 2026-W47'],
  ['digests', { week: '2026年第7周' }, '写成 2026-W07'],
])('%s: of %j the fix says exactly what to write: %s', (form, fields, fix) => {
  const first = { notes: note, talks: talk, digests: { ...note, week: '2026-W47' } }[form as 'notes'];
  expect(said(form, { ...first, ...fields })).toEqual([fix]);
});

test('several authors are a list', () => {
  const work = '{ kind: book, title: 书, authors: 甲、１０, publisher: b, year: 2014 }';
  expect(said('breakdowns', { ...note, for: '人', work })).toEqual(['写成 [甲, "10"]，加上英文的引号']);
});

test('a book is written without the marks that its page puts around it', () => {
  const work = '{ kind: book, title: 《疯传》, authors: [a], publisher: b, year: 2014 }';
  expect(said('breakdowns', { ...note, for: '人', work })).toEqual(['写成 疯传']);
});

test.each([
  ['t="0：00"', '写成 0:00，数字和符号都用英文的'],
  ['t="00:12:34,500"', '写成 12:34'],
  ['t="0分9秒"', '写成 0:09'],
  ['t="‘0:09’"', '写成 0:09，不加引号'],
  ['t="754"', '录音里的时间，写成 12:34 或 1:02:03'],
])('of an attribute too: %s', (attribute, fix) => {
  const source = `---\ntitle: 一\ndate: 2026-11-20\nspeakers: [a]\n---\n<Line who="a" ${attribute}>字</Line>\n`;
  expect(compile(source, 'talks').findings.map((finding) => finding.fix)).toEqual([fix]);
});

test.each<[Form, string, string[]]>([
  ['notes', 'author: linxia', ['author 是 people 里的 → 先写一行 people:，下一行空两格再写 author']],
  ['notes', 'people:\nauthor: linxia', ['author 是 people 里的 → 移到 people: 下面，行首空两格']],
  ['notes', '摘要: 一句话', ['不认识的字段 “摘要” → 写成 summary']],
  ['notes', '标签: [a]', ['不认识的字段 “标签” → 写成 topics']],
])('%s: a field by another name, or in another place: %j', (form, lines, findings) => {
  const { findings: found } = readFrontMatter(
    `---\ntitle: 一\ndate: 2026-11-20\n${lines}\n---\n`,
    schemas[form],
  );
  expect(found.map(({ message, fix }) => `${message} → ${fix}`)).toEqual(findings);
});

test('a required field by another name is one finding', () => {
  const found = readFrontMatter('---\nTitle: 一\n日期: 2026-11-20\n---\n', schemas.notes).findings;
  expect(found.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
    '不认识的字段 “Title” → 是不是 “title”？',
    '不认识的字段 “日期” → 写成 date',
  ]);
});
