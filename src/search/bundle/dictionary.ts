import * as OpenCC from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import { cut } from './cut.ts';
import { foldText } from '../fold.ts';
import type { ReadEntry } from './read-entry.ts';
import type { Dictionary } from '../record.ts';

/** Maximum number of words: more would make the file large and pinyin ambiguous. */
const MAX_WORDS = 3000;
/** Minimum number of entries that use a word, unless it is a name, a synonym or in a title. */
const MIN_ENTRIES = 2;

const HAN_WORD = /^\p{Script=Han}{2,8}$/u;

/** A cache of computed values by key. */
export interface Store<T> {
  get: (key: string) => T | undefined;
  set: (key: string, value: T) => void;
}

/** The default cache of characters, which lives as long as the process. */
const memory = new Map<string, string>();

/**
 * Makes the dictionary that a search needs when nothing is found as typed: pinyin readings, traditional forms, and
 * words to try. Except for the readings of common characters, it contains only what is in these entries and in the
 * operators' lists.
 *
 * @param alphabet - all characters of the entries, as {@link alphabetOf} returns them
 * @param characters - a cache of readings and traditional forms, which don't depend on any text
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

/** All folded characters of the entries, sorted. */
export function alphabetOf(entries: readonly Pick<ReadEntry, 'folded'>[]): string[] {
  const characters = new Set<string>();
  for (const { folded } of entries) {
    for (const text of folded) for (const character of text) characters.add(character);
  }
  return [...characters].sort();
}

/**
 * The 3,755 most common characters, level 1 of GB 2312. They are needed because a character typed in place of a
 * homophone may be in no entry (魏燃 for 魏然).
 */
function commonCharacters(): string[] {
  const level = new Uint8Array((0xd8 - 0xb0) * 94 * 2);
  for (let at = 0; at < level.length / 2; at++) {
    level.set([0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)], 2 * at);
  }
  return Array.from(new TextDecoder('gb2312').decode(level));
}

/** Maps each syllable to its characters, `{ qun: '群裙' }`; a character with several readings is listed under each. */
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

/** The readings of a character: `重` ⇒ `zhong chong`. */
function syllablesOf(character: string): string {
  const readings = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
  return readings.filter((reading) => /^[a-z]+$/.test(reading)).join(' ');
}

/** Traditional characters, each followed by its simplified form, if that is in the entries: `羣群裏里`. */
function variantsOf(alphabet: ReadonlySet<string>, characters: Store<string>): string {
  const pairs = keep(characters, 'traditional', traditionalCharacters).match(/../gsu) ?? [];
  return pairs.filter((pair) => alphabet.has(pair[1]!)).join('');
}

/** All traditional characters, each followed by its simplified form. */
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

/** The words to try: names, topics and synonyms first, then words of titles, then those that most entries use. */
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
