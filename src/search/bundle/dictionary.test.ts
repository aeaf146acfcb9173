import { expect, test } from 'vitest';
import { makeDictionary } from './dictionary.ts';
import { wordsSoundingLike } from '../query/pinyin.ts';

test('finds a word by its sound, even if the mistyped character is in no entry', () => {
  const { readings, variants } = makeDictionary([], ['魏', '然'], []);
  expect(wordsSoundingLike('魏燃', [], { readings, variants, words: ['魏然'] })).toEqual(['魏然']);
});
