import { expect, test } from 'vitest';
import { breakLines } from './lines.ts';

/** Measures a text; a Han character is as wide as two Latin ones. */
const measure = (text: string) =>
  Array.from(text).reduce((sum, char) => sum + (char < '⺀' && !'“”…—'.includes(char) ? 1 : 2), 0);
const lines = (text: string, width: number) => breakLines(text, width, measure);

test.each([
  ['keeps a text that fits on one line', '先把人留住。', 20, ['先把人留住。']],
  [
    'does not begin a line with a comma',
    '一二三四五，六七八九十。',
    10,
    ['一二三四', '五，六七', '八九十。'],
  ],
  [
    'does not end a line with an opening quotation mark',
    '他当时说“先做完再说”对吧',
    12,
    ['他当时说', '“先做完', '再说”对吧'],
  ],
  ['keeps an ellipsis whole', '一二三四……五六', 10, ['一二三', '四……五六']],
  ['keeps a dash whole', '一二三四——五六', 10, ['一二三', '四——五六']],
  ['keeps a Latin word whole', '我们用SaaS工具', 8, ['我们用', 'SaaS工具']],
  [
    'keeps a number with its decimals and percent sign whole',
    '转化率从12.5%到30%',
    12,
    ['转化率从', '12.5%到30%'],
  ],
  ['breaks Latin text at spaces and drops them', 'one two three', 7, ['one two', 'three']],
  [
    'keeps clauses whole where that takes at most one more line',
    '前一百个人不是数量，是气氛。后来的人进门，先看他们怎么说话，然后照着学。',
    24,
    ['前一百个人不是数量，', '是气氛。后来的人进门，', '先看他们怎么说话，', '然后照着学。'],
  ],
  ['keeps Chinese words whole', '先看他们怎么说话吧', 14, ['先看他们', '怎么说话吧']],
  ['starts each paragraph on a new line', '一二\n三四', 20, ['一二', '三四']],
])('%s', (_, text, width, expected) => {
  expect(lines(text, width)).toEqual(expected);
});

test('makes lines of similar length, with no single character on the last', () => {
  expect(lines('一二三四五六七八九十一', 20)).toEqual(['一二三四五六', '七八九十一']);
});

test('breaks a word that is longer than a line', () => {
  expect(lines('aaaaaaaaaaaa', 5)).toEqual(['aaaa', 'aaaa', 'aaaa']);
});

test('keeps every character, and punctuation on the right line, at any width', () => {
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
