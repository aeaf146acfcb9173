import type { Dictionary } from './record.ts';

/** How a word answers a query in pinyin, best first. */
const FULL = 0;
const MIXED = 1;
const INITIALS = 2;

/** How many words a query may stand for. */
const MOST = 4;

type Readings = ReadonlyMap<string, readonly string[]>;

/**
 * The words that a query in pinyin may mean, likeliest first: full syllables (`shequn`), initials (`sq`), and both
 * mixed with characters (`社qun`, `s群`). Words that the query spells out shut out those it only abbreviates.
 *
 * @param typed - folded
 */
export function wordsByPinyin(typed: string, { readings, words }: Dictionary): string[] {
  if (!/[a-z]/.test(typed) || !/^[a-z\p{Script=Han}]+$/u.test(typed)) return [];
  const byCharacter = new Map<string, string[]>();
  for (const [reading, characters] of Object.entries(readings)) {
    for (const character of characters) {
      byCharacter.set(character, [...(byCharacter.get(character) ?? []), reading]);
    }
  }
  const matches = words.map((word) => ({ word, quality: match(typed, Array.from(word), byCharacter, []) }));
  const best = Math.min(...matches.map(({ quality }) => quality));
  if (best === Infinity) return [];
  return matches
    .filter(({ quality }) => quality === best)
    .map(({ word }) => word)
    .slice(0, MOST);
}

/** Reads a word off a query, the last syllable perhaps unfinished; Infinity where it can't be read. */
function match(query: string, word: readonly string[], readings: Readings, used: readonly string[]): number {
  const [character, ...rest] = word;
  if (character === undefined) {
    if (query !== '') return Infinity;
    if (!used.includes('initial')) return FULL;
    return used.every((kind) => kind === 'initial') ? INITIALS : MIXED;
  }
  if (query === '') return Infinity;
  const go = (length: number, kind: string) => match(query.slice(length), rest, readings, [...used, kind]);
  const ways: number[] = [];
  if (query.startsWith(character)) ways.push(go(character.length, 'character'));
  for (const reading of readings.get(character) ?? []) {
    const initial = /^[zcs]h/.exec(reading)?.[0];
    if (query.startsWith(reading)) ways.push(go(reading.length, 'syllable'));
    if (initial && query.startsWith(initial)) ways.push(go(2, 'initial'));
    if (query.startsWith(reading.slice(0, 1))) ways.push(go(1, 'initial'));
    if (rest.length === 0 && query.length > 1 && reading.startsWith(query))
      ways.push(go(query.length, 'syllable'));
  }
  return Math.min(...ways);
}
