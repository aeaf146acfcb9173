import { expect, test } from 'vitest';
import { makeDictionary } from './dictionary.ts';
import { wordsSoundingLike } from './pinyin.ts';

test('a word is found by how it sounds, also where the wrong character stands in no entry', () => {
  const { readings, variants } = makeDictionary([], ['魏', '然'], []);
  expect(wordsSoundingLike('魏燃', { readings, variants, words: ['魏然'] })).toEqual(['魏然']);
});
