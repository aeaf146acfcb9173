import { expect, test } from 'vitest';
import { countCharacters, joinsWithoutSpace } from './han.ts';

test.each([
  ['社', '群', true],
  ['，', '群', true],
  ['群', '（', true],
  ['”', '群', true],
  ['群', '“', true],
  ['群', 'a', false],
  ['a', '群', false],
  ['a', 'b', false],
  ['”', '“', false],
  ['𠮷', '群', true],
  ['', '群', false],
])('a line break between “%s” and “%s” is joined without a space: %s', (before, after, joined) => {
  expect(joinsWithoutSpace(before, after)).toBe(joined);
});

test.each([
  ['', 0],
  ['社群运营', 4],
  ['社群，运营。', 4],
  ['用 SOP 做 100 人的群', 7],
  ['AARRR模型', 3],
  ['a b-c 3.5', 5],
])('“%s” counts as %d characters', (text, count) => {
  expect(countCharacters(text)).toBe(count);
});
