import { expect, test } from 'vitest';
import { BLOCK_END, phraseOf, wordsOf } from './token.ts';

test('a Han or ASCII character becomes one word, and any other becomes three', () => {
  expect(wordsOf(['群', 'b', '。'])).toHaveLength(1 + 1 + 3);
  expect(['ſ', 'ƀ'].map((character) => wordsOf([character]).length)).toEqual([1, 3]);
  expect(phraseOf(['社', '群'])).toBe('"社 群"');
});

test('different characters get different words', () => {
  const characters = [
    '㐀',
    '龥',
    ' ',
    'a',
    'z',
    '0',
    '"',
    '%',
    'é',
    'ſ',
    '。',
    '、',
    '😀',
    '𠮷',
    'か',
    'Ω',
    '가',
  ];
  const written = characters.map((character) => wordsOf([character]).join(''));
  expect(new Set(written).size).toBe(characters.length);
});

test('words contain nothing that Pagefind would change: no case, accent, punctuation or end of a block', () => {
  const words = Array.from({ length: 0x30e0 }, (_, at) => wordsOf([String.fromCodePoint(0x20 + at)])).flat();
  for (const word of words) {
    expect(word).toMatch(/^\p{Lo}$/u);
    expect(word.normalize('NFD')).toBe(word);
    expect(word).not.toBe(BLOCK_END);
  }
}, 30_000);
