import { expect, test } from 'vitest';
import { joinsWithoutSpace } from './han.ts';

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
