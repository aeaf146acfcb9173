// Imported by the build (Node) and by pages.

/**
 * How a folded text is written for Pagefind: a word for each character, so that a quoted run of words is an exact
 * substring search. Pagefind drops punctuation, splits words at a change of script, takes accents off, and its
 * browser half runs words through a dictionary; so everything but Han is written as syllables of the Yi script, which
 * have no case, no accents and no words, and stand for one letter each.
 */

/** The word between two blocks of text, which no query holds: no phrase reaches across. */
export const BLOCK_END = '\ua48c';

const DIRECT = 0xa000;
const DIRECT_COUNT = 0x180;
const FIRST = DIRECT + DIRECT_COUNT;
const SECOND = FIRST + 0x110;
const THIRD = SECOND + 0x40;

/** One word for Han, Latin and ASCII, three for the rest. */
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

/** The words of a run of folded characters. */
export function wordsOf(characters: readonly string[]): string[] {
  return characters.flatMap(tokensOf);
}

/** The query that finds exactly this run of folded characters, never empty. */
export function phraseOf(characters: readonly string[]): string {
  return `"${wordsOf(characters).join(' ')}"`;
}
