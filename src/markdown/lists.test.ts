import { describe, expect, test } from 'vitest';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder } from './testing.ts';

describe('list files', () => {
  test('give a former name to one topic only', async () => {
    const { load } = tinyFolder({
      'topics.yaml':
        'a: { name: 甲, definition: 定义, formerly: [old, b] }\nb: { name: 乙, definition: 定义, formerly: [once] }\nc: { name: 丙, definition: 定义, formerly: [c, old, once, once] }\n',
      'notes/a.mdx': noteOf({ more: 'topics: [a, b, c]\n' }),
    });
    const said = (await load()).findings.map(({ line, column, rule, message }) => [
      line,
      column,
      rule,
      message,
    ]);
    const twice = (name: string, id: string, topic: string) =>
      `${name} 写的是 “${id}”，已经是主题 ${topic} 的网址，只能留一处`;
    expect(said).toEqual([
      [1, 47, 'invalid-field', twice('a.formerly 第 2 项', 'b', 'b')],
      [3, 42, 'invalid-field', twice('c.formerly 第 1 项', 'c', 'c')],
      [3, 45, 'invalid-field', twice('c.formerly 第 2 项', 'old', 'a')],
      [3, 50, 'invalid-field', twice('c.formerly 第 3 项', 'once', 'b')],
      [3, 56, 'invalid-field', twice('c.formerly 第 4 项', 'once', 'b')],
    ]);
  });

  test('with wrong fields are reported', async () => {
    const content = await tinyFolder({
      'topics.yaml': 'Ab: { name: 甲, definition: x }\nb: { nam: 乙, definition: x }\n',
      'series.yaml': '- a\n',
      'start.yaml': 'picks:\n  - { entry: notes/none, why: x }\n  - { entry: none, why: x }\n',
      'synonyms.yaml': '- [拉新, 获客]\n- [一个]\n',
    }).load();
    expect(rulesOf(content)).toEqual([
      'series.yaml:1 invalid-field',
      'start.yaml:3 invalid-field',
      'synonyms.yaml:2 invalid-field',
      'topics.yaml:1 invalid-field',
      'topics.yaml:2 missing-field',
      'topics.yaml:2 unknown-field',
    ]);
  });

  test('get findings that say what to write instead', async () => {
    const { findings } = await tinyFolder({
      'notes/three-lines.mdx': noteOf(),
      'start.yaml':
        'picks:\n  - { entry: notes/three-lines.mdx, why: x }\n  - { entry: notes/three-line, why: x }\n  - { entry: talks/none, why: x }\n',
      'synonyms.yaml': '- [拉新]\n',
      'tiers.yaml': 'members: { name: 成员 }\n',
    }).load();
    expect(findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '没有文章 notes/three-lines.mdx → 是不是 notes/three-lines？',
      '没有文章 notes/three-line → 是不是 notes/three-lines？',
      '没有文章 talks/none → 写成 文件夹/文件名，例如 talks/cold-start',
      '第 1 项 太少，至少 2 个 → 意思相同的几个词，至少两个，例如 [拉新, 获客]',
      '“members” 不能作英文名 → public 和 members 本来就有，不用写',
    ]);
    const lists = await tinyFolder({ 'synonyms.yaml': '拉新: 获客\n', 'tiers.yaml': '- 深度会员\n' }).load();
    expect(lists.findings.map(({ fix }) => fix)).toEqual([
      '一行一组意思相同的词，例如 - [拉新, 获客]',
      '从低到高，一行一级，例如 patrons: { name: 深度会员 }',
    ]);
  });

  test('need a name in English for each item', async () => {
    const { findings } = await tinyFolder({
      'topics.yaml': '拉新: { name: 拉新, definition: x }\n',
      'series.yaml': '- a\n',
    }).load();
    expect(findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '内容 应该是“英文名: 内容”，写的是列表 → 照 CONTRIBUTING.md 里的样子改',
      '“拉新” 不能作英文名 → 英文名只用小写字母、数字和连字符',
    ]);
  });

  test('may suggest nothing by unknown people or of unknown entries', async () => {
    const book = '{ title: 书, kind: book, why: x';
    const content = await tinyFolder({
      'people/a.mdx': personOf('甲'),
      'notes/a.mdx': noteOf(),
      'suggestions.yaml': [
        `- ${book}, by: a, state: planned }`,
        `- ${book}, by: none }`,
        `- ${book}, state: done, entry: notes/a }`,
        `- ${book}, state: done, entry: notes/none }`,
      ].join('\n'),
    }).load();
    expect(rulesOf(content)).toEqual([
      'suggestions.yaml:2 unknown-person',
      'suggestions.yaml:4 unknown-entry',
    ]);
    expect(content.suggestions.map(({ state }) => state)).toEqual(['planned', 'wanted', 'done', 'done']);
    const undone = await tinyFolder({ 'suggestions.yaml': `- ${book}, state: done }` }).load();
    expect(rulesOf(undone)).toEqual(['suggestions.yaml:1 invalid-field']);
  });
});
