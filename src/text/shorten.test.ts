import { expect, test } from 'vitest';
import { clip, shorten } from './shorten.ts';

test.each([
  ['甲乙丙', 3, '甲乙丙', '甲乙丙'],
  ['甲乙丙', 2, '甲乙', '甲乙…'],
  ['甲😀丙', 3, '甲😀', '甲😀…'],
  ['甲😀丙', 2, '甲', '甲…'],
  ['', 2, '', ''],
])('%s in %i units becomes %s or %s, with no character cut in two', (text, most, clipped, shortened) => {
  expect(clip(text, most)).toBe(clipped);
  expect(shorten(text, most)).toBe(shortened);
});
