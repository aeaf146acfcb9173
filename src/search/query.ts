import { fold } from './fold.ts';

/** One word of a query: a run of characters that has to stand in an entry as it is. */
export interface Term {
  /** As typed, without quotation marks. */
  text: string;
  /** Folded, never empty. */
  characters: string[];
}

/** More than this is cut off: whoever pastes a page looks for its first sentences. */
const MAX_LENGTH = 120;

const HAN = /\p{Script=Han}/u;

/**
 * Splits what was typed into terms. White space separates terms, quotation marks keep them together:
 *
 * `社群 拉新` ⇒ two; `"growth hacking"` ⇒ one; `“沉默的群”` ⇒ one, without its marks.
 *
 * A space beside one or two Latin letters or beside a digit belongs to the term, as Chinese is set with it: `B 端`,
 * `0-3 岁`, `前 100 人` are one term each; `SOP 模板` are two.
 *
 * @param isApart - takes every space for the end of a term: `留存 2025` ⇒ two
 */
export function parseQuery(typed: string, isApart = false): Term[] {
  const words: string[] = [];
  for (const [, quoted, curled, word = ''] of typed
    .slice(0, MAX_LENGTH)
    .matchAll(/"([^"]+)"|(?:^|\s)“([^“”]+)”(?=\s|$)|(\S+)/gu)) {
    const phrase = quoted ?? curled;
    const last = words.at(-1);
    if (phrase === undefined && last !== undefined && !isApart && isGlued(last, word))
      words[words.length - 1] = `${last} ${word}`;
    else words.push(phrase ?? word);
  }
  return words
    .map((text) => ({ text, characters: fold(text).characters }))
    .filter(({ characters }) => characters.length > 0);
}

/**
 * The terms, those that stand side by side and spell something as one: `leng`, `qi`, `dong`, `群` ⇒ `lengqidong`, `群`.
 *
 * @param isSpelling - of the folded characters of a term
 */
export function joinSpelt(terms: readonly Term[], isSpelling: (typed: string) => boolean): Term[] {
  const joined: Term[] = [];
  const isOne = ({ characters }: Term) => isSpelling(characters.join(''));
  for (const term of terms) {
    const last = joined.at(-1);
    if (last && isOne(last) && isOne(term)) {
      const characters = [...last.characters, ...term.characters];
      joined[joined.length - 1] = { text: `${last.text} ${term.text}`, characters };
    } else joined.push(term);
  }
  return joined;
}

/** A query that {@link parseQuery} splits into these words: as little is quoted as can be. */
export function queryOf(words: readonly string[]): string {
  const plain = words.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ');
  return parseQuery(plain).length === words.length ? plain : words.map((word) => `"${word}"`).join(' ');
}

/** Whether the space between two words is there only because one is Han and the other is short Latin or a number. */
function isGlued(before: string, after: string): boolean {
  return (
    (HAN.test(lastOf(before)) &&
      /^(?:[a-z]{1,2}|[\d.,%~–-]*\d[\d.,%~–+-]*[a-z]?)(?![a-z\d])/iu.test(after)) ||
    (HAN.test(after[0] ?? '') && /(?:^|[^a-z\d])(?:[a-z]{1,2}|[\d.,%~–-]*\d[\d.,%~–+-]*)$/iu.test(before))
  );
}

function lastOf(text: string): string {
  return /.$/su.exec(text)?.[0] ?? '';
}
