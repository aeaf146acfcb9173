import * as OpenCC from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import { cut } from './cut.ts';
import { foldText } from './fold.ts';
import type { ReadEntry } from './read-entry.ts';
import type { Dictionary } from './record.ts';

/** More words than this would make the file heavy and its pinyin vague. */
const MAX_WORDS = 3000;
/** A word that fewer entries use is worth its place only in a title or a list of synonyms. */
const MIN_ENTRIES = 2;

const HAN_WORD = /^\p{Script=Han}{2,8}$/u;

/** Keeps what need not be worked out again. */
export interface Store<T> {
  get: (key: string) => T | undefined;
  set: (key: string, value: T) => void;
}

/** What is known of characters in this process. */
const memory = new Map<string, string>();

/**
 * Gathers what a search needs when nothing is found as typed: readings in pinyin, traditional forms, synonyms, and the
 * words to try. But for the readings of common characters, it holds nothing but what stands in these entries and in the
 * lists that operators keep.
 *
 * @param alphabet - every character that stands in the entries, as {@link alphabetOf} gives it
 * @param characters - how each is read, and what the traditional ones are, which no text changes
 */
export function makeDictionary(
  entries: readonly ReadEntry[],
  alphabet: readonly string[],
  synonyms: readonly (readonly string[])[],
  characters: Store<string> = memory,
): Dictionary {
  const used = [
    ...alphabet,
    ...synonyms.flat(2).flatMap((word) => Array.from(foldText(word))),
    ...commonCharacters(),
  ];
  return {
    readings: readingsOf(used, characters),
    variants: variantsOf(new Set(alphabet), characters),
    words: wordsOf(entries, synonyms),
  };
}

/** Every folded character that stands in the entries, sorted. */
export function alphabetOf(entries: readonly Pick<ReadEntry, 'folded'>[]): string[] {
  const characters = new Set<string>();
  for (const { folded } of entries) {
    for (const text of folded) for (const character of text) characters.add(character);
  }
  return [...characters].sort();
}

/**
 * The 3,755 characters that one types most, the first level of GB 2312: what was typed for another that sounds the same
 * may stand in no entry (魏燃 for 魏然).
 */
function commonCharacters(): string[] {
  const level = new Uint8Array((0xd8 - 0xb0) * 94 * 2);
  for (let at = 0; at < level.length / 2; at++) {
    level.set([0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)], 2 * at);
  }
  return Array.from(new TextDecoder('gb2312').decode(level));
}

/** Syllable → the characters read so, `{ qun: '群裙' }`; a character with several readings stands under each. */
function readingsOf(used: readonly string[], characters: Store<string>): Record<string, string> {
  const readings = new Map<string, string>();
  for (const character of new Set(used)) {
    if (!/\p{Script=Han}/u.test(character)) continue;
    const syllables = keep(characters, character, () => syllablesOf(character));
    for (const reading of syllables.split(' ').filter(Boolean)) {
      readings.set(reading, (readings.get(reading) ?? '') + character);
    }
  }
  return Object.fromEntries([...readings].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `重` ⇒ `zhong chong`. */
function syllablesOf(character: string): string {
  const readings = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
  return readings.filter((reading) => /^[a-z]+$/.test(reading)).join(' ');
}

/** Traditional characters, each followed by the simplified one that stands in the text: `羣群裏里`. */
function variantsOf(alphabet: ReadonlySet<string>, characters: Store<string>): string {
  const pairs = keep(characters, 'traditional', traditionalCharacters).match(/../gsu) ?? [];
  return pairs.filter((pair) => alphabet.has(pair[1]!)).join('');
}

/** All traditional characters, each followed by its simplified one. */
function traditionalCharacters(): string {
  const simplify = OpenCC.Converter({ from: 't', to: 'cn' });
  let pairs = '';
  for (let code = 0x3400; code <= 0x9fff; code++) {
    const character = String.fromCharCode(code);
    const simple = simplify(character);
    if (simple !== character) pairs += character + simple;
  }
  return pairs;
}

function keep(store: Store<string>, key: string, work: () => string): string {
  const value = store.get(key) ?? work();
  store.set(key, value);
  return value;
}

/** Names, topics and synonyms first, then the words of titles, then those that most entries use. */
function wordsOf(entries: readonly ReadEntry[], synonyms: readonly (readonly string[])[]): string[] {
  const names = entries.flatMap(({ entry, title, topics, people }) => [
    ...topics,
    ...people,
    ...(entry.startsWith('people/') ? [title] : []),
  ]);
  const texts = entries.map(({ folded }) => folded.join('\n'));
  const uses = new Map<string, number>();
  for (const { vocabulary } of entries) {
    for (const word of vocabulary) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const byUse = (a: string, b: string) => uses.get(b)! - uses.get(a)! || (a < b ? -1 : 1);
  const frequent = [...uses.keys()].filter((word) => uses.get(word)! >= MIN_ENTRIES).sort(byUse);
  const titled = [...new Set(entries.flatMap(({ title }) => cut(foldText(title))))]
    .filter((word) => uses.has(word))
    .sort(byUse);
  const named = [...new Set(names.map(foldText))];
  const counts = new Map(named.map((word) => [word, texts.filter((text) => text.includes(word)).length]));
  const byText = (a: string, b: string) => counts.get(b)! - counts.get(a)!;
  const words = [...named.sort(byText), ...synonyms.flat().map(foldText), ...titled, ...frequent];
  return [...new Set(words.filter((word) => HAN_WORD.test(word)))].slice(0, MAX_WORDS);
}
