import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { allText, wordsOfSource } from './names.ts';

test.each([
  ['见https://a.example/x，后', '见 ，后'],
  ['见-https://a.example/x，后', '见- ，后'],
  ['[甲](../notes/a.mdx)乙', '[甲]( )乙'],
  ['a/b.mdx.mdx 和 .mdx', '  和 .mdx'],
])('addresses in a source are none of its words: %s', (source, words) => {
  expect(wordsOfSource(source)).toBe(words);
});

test('what an image shows is among the words of a text, and no other attribute', () => {
  const html = '<p>甲<img title="乙 > 丙" alt="丁 > 戊" src="/x">己</p>';
  expect(allText({ html, data: {} } as Entry)).toEqual(['甲 丁 > 戊 己']);
});

describe('a text is gone through once, whatever it is made of', () => {
  test.each(['-A', 'a', 'a/', 'a.b', '.md', 'a:', 'a-'])('a source of %j', { timeout: 5000 }, (part) => {
    expect(wordsOfSource(part.repeat(500_000))).toHaveLength(part.length * 500_000);
  });

  test.each(['<', '<img ', ' alt='])('a title of %j', { timeout: 5000 }, (part) => {
    const html = `<a title="${part.repeat(200_000)}">甲</a>`;
    expect(allText({ html, data: {} } as Entry)).toEqual(['甲']);
  });
});
