import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulesOf, tinyFolder, type TinyFolder } from '../../src/markdown/testing.ts';
import { FORMS, type Form } from '../../src/model/form.ts';
import { reviewContent } from '../review/review.ts';
import { readFields } from './arguments.ts';
import { askOne } from './ask.ts';
import { startingBody } from './bodies.ts';
import { fieldsOf } from '../../src/model/form-fields.ts';
import type { Values } from './values.ts';
import { drawSlug, spell } from './name.ts';
import { neededFields, withDefaults, writeEntry } from './write.ts';

const TODAY = '2026-11-22';

/** The minimal fields of each form. */
const least: Record<Form, Record<string, string>> = {
  talks: { speakers: 'linxia' },
  breakdowns: {
    'work.kind': 'book',
    'work.title': '疯传',
    'work.authors': '乔纳·伯杰、某某',
    'work.publisher': '某出版社',
    'work.year': '2014',
    for: '想让人说出去的人',
  },
  discussions: { question: '先做什么？', asked_by: 'linxia' },
  teardowns: { 'case.name': '小聚会', 'case.channel': 'offline,wechat-group', 'case.period': '2026 年 5 月' },
  notes: {},
  digests: { 'people.editor': 'linxia' },
  people: { role: '社群' },
};

const linxia = '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\naccess: public\n---\n';

async function begin(
  folder: TinyFolder,
  form: Form,
  title: string,
  flags: Record<string, string> = least[form],
) {
  const values = withDefaults(form, readFields(form, title, flags, []), TODAY);
  const where = { content: folder.root, cache: join(folder.around, 'cache'), date: TODAY, base: '' };
  return writeEntry(where, { form, values, body: startingBody(form, values) });
}

const read = (folder: TinyFolder, path: string) => readFileSync(join(folder.root, path), 'utf8');

describe('a new entry', () => {
  test.each(FORMS)('of %s passes the check and is a draft', async (form) => {
    const folder = tinyFolder({ 'people/linxia.mdx': linxia });
    const { findings } = await begin(folder, form, '公告只写三行');
    expect(findings).toEqual([]);
    const content = await folder.load({ drafts: true });
    expect(rulesOf(content)).toEqual([]);
    expect(reviewContent(content, { today: TODAY, cache: join(folder.around, 'cache') })).toEqual([]);
    expect((await folder.load()).entries.map(({ name }) => name)).toEqual(['linxia']);
    expect((await folder.load({ drafts: true })).entries).toHaveLength(2);
  });

  test.each(FORMS)('of %s mentions every field of its form', async (form) => {
    const folder = tinyFolder({ 'people/linxia.mdx': linxia });
    await begin(folder, form, '公告');
    const file = form === 'people' ? 'people/gonggao.mdx' : `${form}/gong-gao/index.mdx`;
    const head = read(folder, file).split('\n---\n')[0]!;
    for (const { path } of fieldsOf(form))
      expect(head).toMatch(new RegExp(`^[# ]*${path.split('.').at(-1)!}: `, 'm'));
  });

  test('has comments that stay valid when their # is removed', async () => {
    const folder = tinyFolder({ 'people/linxia.mdx': linxia });
    await begin(folder, 'breakdowns', '疯传');
    const head = read(folder, 'breakdowns/feng-chuan/index.mdx').split('\n---\n')[0]!;
    expect(head.match(/^#? ?work:$/gm)).toEqual(['work:']);
    expect(head).toMatch(/^ {2}# isbn: /m);
  });

  test('for members has an address that tells nothing, and a public one has its name as address', async () => {
    const folder = tinyFolder({});
    await begin(folder, 'notes', '公告只写三行');
    await begin(folder, 'notes', '群规', { access: 'public' });
    await begin(folder, 'notes', '欢迎语', { slug: '2026-11-22-abcd' });
    const { entries } = await folder.load({ drafts: true });
    const slugs = Object.fromEntries(entries.map(({ name, slug }) => [name, slug]));
    expect(slugs).toEqual({
      'gong-gao-zhi-xie-san-hang': expect.stringMatching(/^2026-11-22-[a-z0-9]{4}$/) as string,
      'qun-gui': 'qun-gui',
      'huan-ying-yu': '2026-11-22-abcd',
    });
  });

  test('never overwrites an existing one, whether that is a file or a folder', async () => {
    const note = '---\ntitle: 一\ndate: 2026-11-01\n---\n';
    const folder = tinyFolder({ 'notes/gong-gao.mdx': note, 'notes/qun-gui/index.mdx': note });
    await expect(begin(folder, 'notes', '公告')).rejects.toThrow(
      '不会覆盖 → 直接改它，或用 --file 换一个名字',
    );
    await expect(begin(folder, 'notes', '群规')).rejects.toThrow('不会覆盖');
    expect(read(folder, 'notes/gong-gao.mdx')).toBe(note);
    expect(existsSync(join(folder.root, 'notes/gong-gao'))).toBe(false);
  });

  test('that does not fit its form is refused and not written', async () => {
    const folder = tinyFolder({});
    await expect(begin(folder, 'notes', '公告', { date: '2026-13-01' })).rejects.toThrow('日历上没有');
    await expect(begin(folder, 'notes', '公告', { speakers: 'linxia' })).rejects.toThrow('没有 --speakers');
    await expect(begin(folder, 'notes', '🙂')).rejects.toThrow('拼不出文件名');
    expect((await folder.load({ drafts: true })).entries).toEqual([]);
  });

  test('that names an unknown person is written, with a finding', async () => {
    const folder = tinyFolder({ 'people/linxia.mdx': linxia });
    const { findings } = await begin(folder, 'talks', '开场', { speakers: 'linxai' });
    expect(findings.map(({ rule }) => rule)).toContain('unknown-person');
    expect(findings[0]?.fix).toBe('是不是 linxia？');
  });
});

test('a question is asked again until the answer is valid', async () => {
  const answers = ['', '七', '2014'];
  const asked: string[] = [];
  const year = fieldsOf('breakdowns').find(({ path }) => path === 'work.year')!;
  const values: Values = await askOne('breakdowns', { title: '一' }, year, (text) => {
    asked.push(text);
    return Promise.resolve(answers.shift()!);
  });
  expect(values).toEqual({ title: '一', 'work.year': 2014 });
  expect(asked).toHaveLength(3);
  expect(asked[1]).toContain('不能空着');
  expect(asked[2]).toContain('应该是数字');
});

test('a form asks only for what its schema requires, and a digest also for its editor', () => {
  expect(neededFields('notes').map(({ path }) => path)).toEqual(['title', 'date']);
  expect(neededFields('digests').map(({ path }) => path)).toEqual(['title', 'date', 'people.editor', 'week']);
});

test.each([
  ['notes', '公告只写三行', 'gong-gao-zhi-xie-san-hang'],
  ['notes', '拆 Dropbox 的推荐计划：30%', 'chai-dropbox-de-tui-jian-ji-hua-30'],
  ['notes', '女生的绿', 'nv-sheng-de-lv'],
  ['notes', '一'.repeat(40), Array.from({ length: 16 }, () => 'yi').join('-')],
  ['notes', '！？', ''],
  ['people', '林夏', 'linxia'],
] as const)('in %s, the title %s gives the file name %s', (form, title, name) => {
  expect(spell(title, form)).toBe(name);
});

test('randomly drawn addresses hardly ever repeat', () => {
  const drawn = new Set(Array.from({ length: 50 }, () => drawSlug(TODAY)));
  expect(drawn.size).toBeGreaterThan(45);
});
