import { expect, test } from 'vitest';
import { measureText, readingMinutes } from './text-length.ts';

test.each([
  ['', 0, 0],
  ['社群运营', 4, 0],
  ['社群，运营。', 4, 0],
  ['用 SOP 做 100 人的群', 5, 2],
  ['AARRR模型', 2, 1],
  ['a b-c 3.5', 0, 5],
  ['They don’t read it’s all', 0, 5],
  ['ひらがなとカタカナ', 9, 0],
  ['café naïve', 0, 2],
  ['cafe\u0301’s', 0, 1],
  ['か\u3099', 1, 0],
  ['谢谢❤️☀️，👍🏻', 2, 0],
])('“%s” has %d Han or kana characters and %d words', (text, han, words) => {
  expect(measureText(text)).toEqual({ han, words });
});

test('a minute of reading is 500 characters of Chinese or 238 words of English', () => {
  const minutes = [
    { han: 0, words: 0 },
    { han: 1200, words: 0 },
    { han: 0, words: 1200 },
    { han: 1000, words: 476 },
  ].map(readingMinutes);
  expect(minutes).toEqual([1, 2, 5, 4]);
});
