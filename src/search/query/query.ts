import { fold } from '../fold.ts';

/** One term of a query: a run of characters that must occur in an entry exactly. */
export interface Term {
  /** As typed, without quotation marks. */
  text: string;
  /** Folded, never empty. */
  characters: string[];
}

/** Maximum length of a query. The rest is cut off: a reader who pastes a whole page looks for its first sentences. */
const MAX_LENGTH = 120;

const HAN = /\p{Script=Han}/u;
/** Matches a text that ends with one or two Latin letters, or with a number. */
const ENDS_SHORT = /(?:^|[^a-z\d])(?:[a-z]{1,2}|[\d.,%~–-]*\d[\d.,%~–+-]*)$/iu;

/**
 * Splits a typed query into terms. White space separates terms, quotation marks keep them together:
 *
 * `社群 拉新` ⇒ two; `"growth hacking"` ⇒ one; `“沉默的群”` ⇒ one, without its marks.
 *
 * A space between Han and one or two Latin letters or a number is part of the term, because Chinese is typeset with it:
 * `B 端`, `0-3 岁`, `前 100 人` are one term each; `SOP 模板` is two.
 *
 * @param isApart - whether such a space ends a term too, unless one character follows, which is a unit: `留存 2025` ⇒
 *   two, `打卡 21 天` ⇒ `打卡`, `21 天`
 */
export function parseQuery(typed: string, isApart = false): Term[] {
  const words: string[] = [];
  for (const [, quoted, curled, word = ''] of typed
    .slice(0, MAX_LENGTH)
    .matchAll(/"([^"]+)"|(?:^|\s)“([^“”]+)”(?=\s|$)|(\S+)/gu)) {
    const phrase = quoted ?? curled;
    const last = words.at(-1);
    if (phrase === undefined && last !== undefined && (isApart ? isUnit(last, word) : isGlued(last, word)))
      words[words.length - 1] = `${last} ${word}`;
    else words.push(phrase ?? word);
  }
  return words
    .map((text) => ({ text, characters: fold(text).characters }))
    .filter(({ characters }) => characters.length > 0);
}

/**
 * Joins adjacent terms that are pinyin: `leng`, `qi`, `dong`, `群` ⇒ `lengqidong`, `群`.
 *
 * @param isSpelling - whether the folded characters of a term are pinyin
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

/** Makes a query that {@link parseQuery} splits into these words, with as few quotation marks as possible. */
export function queryOf(words: readonly string[]): string {
  const plain = words.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ');
  return parseQuery(plain).length === words.length ? plain : words.map((word) => `"${word}"`).join(' ');
}

/** Whether the space between two words is there only because one is Han and the other is short Latin or a number. */
function isGlued(before: string, after: string): boolean {
  return (
    (HAN.test(lastOf(before)) &&
      /^(?:[a-z]{1,2}|[\d.,%~–-]*\d[\d.,%~–+-]*[a-z]?)(?![a-z\d])/iu.test(after)) ||
    (HAN.test(after[0] ?? '') && ENDS_SHORT.test(before))
  );
}

/** Whether a word is the unit of the number before it, as in `21 天`, or belongs to a letter, as in `B 端`. */
function isUnit(before: string, after: string): boolean {
  return ENDS_SHORT.test(before) && /^\p{Script=Han}$/u.test(after);
}

function lastOf(text: string): string {
  return /.$/su.exec(text)?.[0] ?? '';
}
