// Imported by the build (Node) and by pages.

/**
 * This module encodes folded text for Pagefind: each character becomes a word, so that a quoted run of words is an
 * exact substring search. Pagefind drops punctuation, splits words where the script changes and removes accents, and
 * its browser code segments words with a dictionary. So everything but Han is encoded as syllables of the Yi script,
 * which have no case, no accents and no dictionary.
 */

/** The word after each block of text. No query contains it, so no phrase matches across blocks. */
export const BLOCK_END = '\ua48c';

const DIRECT = 0xa000;
const DIRECT_COUNT = 0x180;
const FIRST = DIRECT + DIRECT_COUNT;
const SECOND = FIRST + 0x110;
const THIRD = SECOND + 0x40;

/** Encodes a character: one word for Han, Latin and ASCII, three for all others. */
function tokensOf(character: string): string[] {
  const code = character.codePointAt(0)!;
  if (code >= 0x3400 && code <= 0x9fff) return [character];
  if (code < DIRECT_COUNT) return [String.fromCharCode(DIRECT + code)];
  return [
    String.fromCharCode(FIRST + (code >> 12)),
    String.fromCharCode(SECOND + ((code >> 6) & 0x3f)),
    String.fromCharCode(THIRD + (code & 0x3f)),
  ];
}

/** Encodes a run of folded characters as words. */
export function wordsOf(characters: readonly string[]): string[] {
  return characters.flatMap(tokensOf);
}

/** The Pagefind query for exactly this run of folded characters, which is not empty. */
export function phraseOf(characters: readonly string[]): string {
  return `"${wordsOf(characters).join(' ')}"`;
}
