/** How long a text is to read. Numbers count as words, punctuation as nothing. */
export interface TextLength {
  /** Han and kana characters. */
  han: number;
  /** Words of scripts that put spaces between them. */
  words: number;
}

const HAN = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
/**
 * An apostrophe joins the parts of a word: don’t. Marks belong to the character before them, which is no letter in an
 * emoji: ❤️ is a heart and U+FE0F.
 */
const UNIT = new RegExp(
  `([${HAN}])\\p{M}*|(?:(?![${HAN}])[\\p{L}\\p{N}]\\p{M}*|(?<=[\\p{L}\\p{M}])['’](?=\\p{L}))+`,
  'gu',
);

/** Readers of Chinese read about 500 characters a minute. */
const HAN_A_MINUTE = 500;
/** Readers of English read 238 words a minute (Brysbaert, “How many words do we read per minute?”, 2019). */
const WORDS_A_MINUTE = 238;

/** Measures a text as its readers see it. */
export function measureText(text: string): TextLength {
  let han = 0;
  let units = 0;
  for (const [, character] of text.matchAll(UNIT)) {
    units += 1;
    if (character !== undefined) han += 1;
  }
  return { han, words: units - han };
}

/** Returns the minutes that reading takes, at least 1. */
export function readingMinutes({ han, words }: TextLength): number {
  return Math.max(1, Math.round(han / HAN_A_MINUTE + words / WORDS_A_MINUTE));
}
