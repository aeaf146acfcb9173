import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { Said } from './names.ts';
import { allText, withheldTitles, wordsOfSource } from './reach.ts';

test.each([
  ['见https://a.example/x，后', '见 ，后'],
  ['见-https://a.example/x，后', '见- ，后'],
  ['[甲](../notes/a.mdx)乙', '[甲]( )乙'],
  ['a/b.mdx.mdx 和 .mdx', '  和 .mdx'],
])('addresses in a source do not count as its words: %s', (source, words) => {
  expect(wordsOfSource(source)).toBe(words);
});

test('the words of a text include the alt text of an image, but no other attribute', () => {
  const html = '<p>甲<img title="乙 > 丙" alt="丁 > 戊" src="/x">己</p>';
  expect(allText({ html, data: {} } as Entry)).toEqual(['甲\n丁 > 戊\n己']);
});

describe('the title of an unpublished entry', () => {
  const nothing = { entries: [], people: new Map(), topics: new Map(), series: new Map() };
  const written = { ...nothing, start: {}, suggestions: [], synonyms: [] } as never;
  const titles = (frontMatter: string) =>
    withheldTitles([{ file: 'a.mdx', source: `---\n${frontMatter}\n---\n\n字\n` }], written, new Said([]));

  test.each([
    ['title: 三行公告怎么写'],
    ["title: '三行公告怎么写'   # 先这样"],
    ['title: >-\n  三行公告怎么写'],
    ['case:\n  title: 别的\ntitle: "三行公告怎么写"'],
  ])('is the one that YAML reads: %j', (frontMatter) => {
    expect(titles(frontMatter)).toEqual([{ text: '三行公告怎么写', of: 'a.mdx' }]);
  });

  test('is the name of a person', () => {
    expect(titles('name: 高明远\nrole: 运营')).toEqual([{ text: '高明远', of: 'a.mdx' }]);
  });

  test('is found in linear time', { timeout: 5000 }, () => {
    expect(titles(`title: 甲${' '.repeat(200_000)}乙`)).toEqual([]);
    expect(titles(`title: ${'甲 '.repeat(5_000)}`)).toHaveLength(1);
  });

  test('may be missing', () => {
    expect(titles('date: 2026-11-01')).toEqual([]);
  });
});

describe('words are read in linear time', () => {
  test.each(['-A', 'a', 'a/', 'a.b', '.md', 'a:', 'a-'])(
    'from a source that repeats %j',
    { timeout: 5000 },
    (part) => {
      expect(wordsOfSource(part.repeat(500_000))).toHaveLength(part.length * 500_000);
    },
  );

  test.each(['<', '<img ', ' alt='])('from a title attribute that repeats %j', { timeout: 5000 }, (part) => {
    const html = `<a title="${part.repeat(200_000)}">甲</a>`;
    expect(allText({ html, data: {} } as Entry)).toEqual(['甲']);
  });
});
