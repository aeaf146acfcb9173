import type { Dictionary } from '../record.ts';

/** How well a word matches a query in pinyin, best first. */
const FULL = 0;
const MIXED = 1;
const INITIALS = 2;
/** By initials of which one is `zh`, `ch` or `sh`. */
const LONG_INITIALS = 3;

/** Maximum number of words for a query. */
const MOST = 4;

/** The number of letters of `zhuang`. */
const LONGEST_SYLLABLE = 6;

/** Minimum number of letters to spell a run of a text, as fewer match too many. */
const MIN_SPELT = 4;

/** Minimum number of characters to look for the same sound in a text, where two in a row may be of two words. */
const MIN_HEARD = 3;

type Readings = ReadonlyMap<string, readonly string[]>;

/**
 * The words that a query in pinyin may mean, likeliest first: by full syllables (`shequn`), initials (`sq`), or both
 * mixed with characters (`社qun`, `s群`). If any words are spelt out in full, those that are only abbreviated are left
 * out, and so are those with two letters for an initial if others have one: `gzh` is 公众号 rather than 公众. A single
 * syllable is never an abbreviation: `qun` is not 去年.
 *
 * @param typed - folded
 */
export function wordsByPinyin(typed: string, { readings, words }: Dictionary): string[] {
  if (!isPinyin(typed)) return [];
  const byCharacter = readingsByCharacter(readings);
  const matches = words.map((word) => ({ word, quality: match(typed, Array.from(word), byCharacter, []) }));
  const best = Math.min(...matches.map(({ quality }) => quality));
  if (best === Infinity || (best !== FULL && Object.hasOwn(readings, typed))) return [];
  return matches
    .filter(({ quality }) => quality === best)
    .map(({ word }) => word)
    .slice(0, MOST);
}

/**
 * The runs of these texts that a query spells out in full syllables, the most frequent first: `yinbaodian` ⇒ 引爆点 in
 * 拆书《引爆点》, `qun` ⇒ 群. This finds names that are in no dictionary.
 *
 * @param typed - folded
 * @param texts - folded
 */
export function runsByPinyin(typed: string, texts: readonly string[], { readings }: Dictionary): string[] {
  const isSyllable = Object.hasOwn(readings, typed);
  if (!isPinyin(typed) || (typed.length < MIN_SPELT && !isSyllable)) return [];
  const byCharacter = readingsByCharacter(readings);
  const counts = new Map<string, number>();
  for (const text of texts) {
    const characters = Array.from(text);
    characters.forEach((character, start) => {
      const length = spell(typed, characters, start, byCharacter);
      const isSpelt = length > 1 || (isSyllable && byCharacter.get(character)?.includes(typed));
      if (!isSpelt) return;
      const run = characters.slice(start, start + length).join('');
      counts.set(run, (counts.get(run) ?? 0) + 1);
    });
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([run]) => run);
  return ranked.slice(0, MOST);
}

/**
 * The homophones of a word, likeliest first: 林下 ⇒ 林夏. Input methods offer several words for the same sound. If no
 * word is one, the parts of these texts that are: 影响例 ⇒ 影响力 in 拆书《影响力》.
 *
 * @param typed - folded
 * @param texts - folded
 */
export function wordsSoundingLike(
  typed: string,
  texts: readonly string[],
  { readings, words }: Dictionary,
): string[] {
  const characters = Array.from(typed);
  if (characters.length < 2) return [];
  const byCharacter = readingsByCharacter(readings);
  const soundsLike = (a: string, b: string) =>
    a === b || (byCharacter.get(a) ?? []).some((reading) => byCharacter.get(b)?.includes(reading));
  const isHomophone = (others: readonly string[]) =>
    others.length === characters.length && others.every((one, at) => soundsLike(one, characters[at]!));
  const known = words.filter((word) => isHomophone(Array.from(word)));
  if (known.length > 0 || characters.length < MIN_HEARD) return known.slice(0, MOST);
  const runs = texts.flatMap((text) => {
    const all = Array.from(text);
    return all.map((_, at) => all.slice(at, at + characters.length)).filter(isHomophone);
  });
  return [...new Set(runs.map((run) => run.join('')))].slice(0, MOST);
}

/** Whether the letters can be split into whole syllables: `lengqi` can, `growth` can't. */
export function isOfSyllables(typed: string, { readings }: Dictionary): boolean {
  const ends = new Set([0]);
  for (const start of ends) {
    for (let end = start + 1; end <= start + LONGEST_SYLLABLE && end <= typed.length; end++) {
      if (Object.hasOwn(readings, typed.slice(start, end))) ends.add(end);
    }
  }
  return ends.has(typed.length);
}

function isPinyin(typed: string): boolean {
  return /[a-z]/.test(typed) && /^[a-z\p{Script=Han}]+$/u.test(typed);
}

function readingsByCharacter(readings: Dictionary['readings']): Map<string, string[]> {
  const byCharacter = new Map<string, string[]>();
  for (const [reading, characters] of Object.entries(readings)) {
    for (const character of characters) {
      byCharacter.set(character, [...(byCharacter.get(character) ?? []), reading]);
    }
  }
  return byCharacter;
}

/** The number of characters from `at` on that a query spells out, with the last syllable perhaps incomplete. */
function spell(query: string, characters: readonly string[], at: number, readings: Readings): number {
  if (query === '') return 0;
  const character = characters[at];
  if (character === undefined) return -Infinity;
  const ways = [character, ...(readings.get(character) ?? [])].map((reading) => {
    if (query.startsWith(reading))
      return 1 + spell(query.slice(reading.length), characters, at + 1, readings);
    return query.length > 1 && reading.startsWith(query) ? 1 : -Infinity;
  });
  return Math.max(...ways);
}

/** Rates how a query spells a word, with the last syllable perhaps incomplete; Infinity when it doesn't. */
function match(query: string, word: readonly string[], readings: Readings, used: readonly string[]): number {
  const [character, ...rest] = word;
  if (character === undefined) {
    if (query !== '') return Infinity;
    if (!used.some((kind) => kind.endsWith('initial'))) return FULL;
    if (used.some((kind) => !kind.endsWith('initial'))) return MIXED;
    return used.includes('long initial') ? LONG_INITIALS : INITIALS;
  }
  if (query === '') return Infinity;
  const go = (length: number, kind: string) => match(query.slice(length), rest, readings, [...used, kind]);
  const ways: number[] = [];
  if (query.startsWith(character)) ways.push(go(character.length, 'character'));
  for (const reading of readings.get(character) ?? []) {
    const initial = /^[zcs]h/.exec(reading)?.[0];
    if (query.startsWith(reading)) ways.push(go(reading.length, 'syllable'));
    if (initial && query.startsWith(initial)) ways.push(go(2, 'long initial'));
    if (query.startsWith(reading.slice(0, 1))) ways.push(go(1, 'initial'));
    if (rest.length === 0 && query.length > 1 && query !== initial && reading.startsWith(query))
      ways.push(go(query.length, 'syllable'));
  }
  return Math.min(...ways);
}
