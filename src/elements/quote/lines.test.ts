import { expect, test } from 'vitest';
import { breakLines } from './lines.ts';

/** Measures a text; a Han character is as wide as two Latin ones. */
const measure = (text: string) =>
  Array.from(text).reduce((sum, char) => sum + (char < '⺀' && !'“”…—'.includes(char) ? 1 : 2), 0);
const lines = (text: string, width: number) => breakLines(text, width, measure);

test.each([
  ['fits', '先把人留住。', 20, ['先把人留住。']],
  ['no mark begins a line', '一二三四五，六七八九十。', 10, ['一二三四', '五，六七', '八九十。']],
  ['no opening mark ends one', '他当时说“先做完再说”对吧', 12, ['他当时说', '“先做完', '再说”对吧']],
  ['an ellipsis stays whole', '一二三四……五六', 10, ['一二三', '四……五六']],
  ['so does a dash', '一二三四——五六', 10, ['一二三', '四——五六']],
  ['a word stays whole', '我们用SaaS工具', 8, ['我们用', 'SaaS工具']],
  ['figures too', '转化率从12.5%到30%', 12, ['转化率从', '12.5%到30%']],
  ['Latin breaks at spaces, which go', 'one two three', 7, ['one two', 'three']],
  [
    'clauses stay whole where that takes one line more at most',
    '前一百个人不是数量，是气氛。后来的人进门，先看他们怎么说话，然后照着学。',
    24,
    ['前一百个人不是数量，', '是气氛。后来的人进门，', '先看他们怎么说话，', '然后照着学。'],
  ],
  ['so do words', '先看他们怎么说话吧', 14, ['先看他们', '怎么说话吧']],
  ['paragraphs begin anew', '一二\n三四', 20, ['一二', '三四']],
])('%s', (_, text, width, expected) => {
  expect(lines(text, width)).toEqual(expected);
});

test('evens lines out, with no character alone in the last', () => {
  expect(lines('一二三四五六七八九十一', 20)).toEqual(['一二三四五六', '七八九十一']);
});

test('breaks a word that fits no line', () => {
  expect(lines('aaaaaaaaaaaa', 5)).toEqual(['aaaa', 'aaaa', 'aaaa']);
});

test('gives all of a text, at any width', () => {
  const text = '“社群不是群，”她说，“是一群人——为同一件事（比如转行）凑到一起……”然后呢？For real: 30%！';
  for (let width = 8; width < 60; width++) {
    const broken = lines(text, width);
    expect(broken.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    for (const line of broken) {
      expect(line).not.toMatch(/^[，。”？！）…]/);
      expect(line).not.toMatch(/[“（]$/);
    }
  }
});
