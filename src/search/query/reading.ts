import type { Candidate, Match, SearchIndex } from './search-index.ts';
import { datesOf } from './date.ts';
import { fold, foldText, spansOf } from '../fold.ts';
import { numbersOtherwise, wholeNumbers } from './numbers.ts';
import { escapePattern } from './pattern.ts';
import { pairsOf, withoutQuestionWords } from './pieces.ts';
import { runsByPinyin, wordsByPinyin, wordsSoundingLike } from './pinyin.ts';
import type { Term } from './query.ts';
import { ZONES, type Dictionary } from '../record.ts';

/** An interpretation of a term, and the entries it finds. */
export interface Reading {
  by: 'typed' | 'date' | 'variant' | 'number' | 'pinyin' | 'synonym' | 'typo';
  /** The term as typed. */
  from: string;
  /** The words searched instead, as they are written. */
  to: string[];
  runs: string[][];
  hits: Map<string, Match>;
}

/**
 * Reads a term that was found nowhere in another way: a date as the entries of that day, traditional characters as
 * simplified, a word as its synonyms, a number in digits as one in characters and back, pinyin as words, a word as its
 * homophones, a sentence with other punctuation, or four or more characters with one wrong. Returns the first reading
 * that finds something.
 */
export async function readOtherwise(index: SearchIndex, term: Term): Promise<Reading | undefined> {
  const dated = readDate(index, term);
  if (dated) return dated;
  const dictionary = await index.dictionary();
  const typed = term.characters.join('');
  return (
    (await findAny(index, term, 'variant', simplified(typed, dictionary))) ??
    // The operators' synonyms come before pinyin: KPI is 指标, whatever words k and pi may spell.
    (await findAny(index, term, 'synonym', synonymsFor(typed, index.synonyms))) ??
    (await readNumbers(index, term)) ??
    (await readSpelt(index, term)) ??
    (await findAny(index, term, 'pinyin', wordsSoundingLike(typed, titlesOf(index), dictionary))) ??
    (await readTypo(index, term, await punctuated(index, term.characters))) ??
    (await readTypo(index, term, await corrected(index, term.characters)))
  );
}

/** Reads a term as pinyin, in full or by initials. */
export async function readSpelt(index: SearchIndex, term: Term): Promise<Reading | undefined> {
  return findAny(index, term, 'pinyin', spelt(term.characters.join(''), index, await index.dictionary()));
}

/** Reads a term that was found as something else besides: a date, synonyms, numbers written otherwise, or pinyin. */
export async function synonymsOf(index: SearchIndex, term: Term): Promise<Reading | undefined> {
  const typed = term.characters.join('');
  const written =
    readDate(index, term) ??
    (await findAny(index, term, 'synonym', synonymsFor(typed, index.synonyms))) ??
    (await readNumbers(index, term));
  if (written || !/^[a-z]{2,}$/.test(typed)) return written;
  return findAny(index, term, 'pinyin', wordsByPinyin(typed, await index.dictionary()));
}

/** Reads a term as these words, and says them as the first entry that contains them writes them. */
async function readTypo(
  index: SearchIndex,
  term: Term,
  words: readonly string[],
): Promise<Reading | undefined> {
  const found = await findAny(index, term, 'typo', words);
  if (!found) return undefined;
  const to = found.runs.map(async (run, at) => {
    const hit = [...found.hits.values()].find(({ choice }) => choice === at);
    return (hit && (await writtenIn(hit.candidate, run))) ?? run.join('');
  });
  return { ...found, to: await Promise.all(to) };
}

/** A run as an entry writes it: `不是数量,是气氛` ⇒ 不是数量，是气氛. */
async function writtenIn({ load }: Candidate, run: readonly string[]): Promise<string | undefined> {
  for (const [, , text] of (await load()).blocks) {
    const [span] = spansOf(fold(text), run);
    if (span) return text.slice(span.start, span.end);
  }
  return undefined;
}

/** Reads a term as a date, which finds the entries of that day or month. It has no words to highlight. */
function readDate({ candidates }: SearchIndex, { text, characters }: Term): Reading | undefined {
  const dates = datesOf(characters.join(''));
  const found = dates ? candidates.filter(({ date }) => dates.test(date)) : [];
  if (found.length === 0) return undefined;
  const zone = ZONES.indexOf('topic');
  const hits = found.map((candidate): [string, Match] => [candidate.entry, { candidate, zone, count: 1 }]);
  return { by: 'date', from: text, to: [text], runs: [], hits: new Map(hits) };
}

/** Maximum number of entries to check that a number is not part of a longer one. */
const MOST_COUNTED = 24;

/** Reads a term with its numbers written otherwise: 21天 ⇒ 二十一天. */
async function readNumbers(index: SearchIndex, term: Term): Promise<Reading | undefined> {
  const found = await findAny(index, term, 'number', numbersOtherwise(term.characters.join('')));
  if (!found) return undefined;
  const whole = wholeNumbers(found.runs.map((run) => run.join('')));
  const likely = [...found.hits].sort(([, a], [, b]) => a.zone - b.zone).slice(0, MOST_COUNTED);
  const checked = await Promise.all(
    likely.map(async (hit) => (whole.test(await foldedText(hit[1].candidate)) ? [hit] : [])),
  );
  const hits = new Map(checked.flat());
  return hits.size > 0 ? { ...found, hits } : undefined;
}

async function findAny(
  index: SearchIndex,
  { text }: Term,
  by: Reading['by'],
  words: readonly string[],
): Promise<Reading | undefined> {
  const found = await Promise.all(
    words.map(async (word) => ({ word, matches: await index.find(Array.from(word)) })),
  );
  const useful = found.filter(({ matches }) => matches.size > 0);
  if (useful.length === 0) return undefined;
  const hits = new Map<string, Match>();
  useful.forEach(({ word, matches }, choice) => {
    const { length } = Array.from(word);
    for (const [entry, match] of matches) {
      const known = hits.get(entry);
      if (!known || match.zone < known.zone) hits.set(entry, { ...match, choice, length });
    }
  });
  const runs = useful.map(({ word }) => Array.from(word));
  const to = useful.map(({ word }) => index.spellings.get(word) ?? word);
  return { by, from: text, to, runs, hits };
}

function simplified(typed: string, { variants }: Dictionary): string[] {
  const simple = new Map<string, string>();
  const characters = Array.from(variants);
  for (let at = 0; at < characters.length; at += 2) simple.set(characters[at]!, characters[at + 1]!);
  const text = Array.from(typed, (character) => simple.get(character) ?? character).join('');
  return text === typed ? [] : [text];
}

/**
 * The texts that a term may spell in pinyin: a word, a part of a title, a word with characters around it (`社qun运营`),
 * or two words in a row (`shequnyunying`).
 */
function spelt(text: string, index: SearchIndex, dictionary: Dictionary): string[] {
  // Input methods put an apostrophe between syllables: `xi'an`.
  const typed = text.replace(/(?<=[a-z])'(?=[a-z])/g, '');
  const whole = wordsByPinyin(typed, dictionary);
  if (whole.length > 0) return whole;
  const titled = runsByPinyin(typed, titlesOf(index), dictionary);
  if (titled.length > 0) return titled;
  const [, before = '', letters, after = ''] =
    /^(\p{Script=Han}*)([a-z]{2,})(\p{Script=Han}*)$/u.exec(typed) ?? [];
  if (letters === undefined) return [];
  for (let taken = before.length; taken >= 0 && before + after !== ''; taken--) {
    for (let more = Math.min(2, after.length); more >= 0; more--) {
      const part = before.slice(taken) + letters + after.slice(0, more);
      const words = wordsByPinyin(part, dictionary);
      if (words.length > 0) return words.map((word) => before.slice(0, taken) + word + after.slice(more));
    }
  }
  for (let cut = letters.length - 2; cut >= 2 && before + after === ''; cut--) {
    const left = wordsByPinyin(letters.slice(0, cut), dictionary);
    const right = left.length > 0 ? wordsByPinyin(letters.slice(cut), dictionary) : [];
    if (right.length > 0)
      return left.slice(0, 2).flatMap((one) => right.slice(0, 2).map((other) => one + other));
  }
  return [];
}

function titlesOf({ candidates }: SearchIndex): string[] {
  return candidates.map(({ title }) => foldText(title));
}

function synonymsFor(typed: string, groups: readonly (readonly string[])[]): string[] {
  const others = groups.filter((group) => group.includes(typed)).flat();
  return [...new Set(others)].filter((word) => word !== typed);
}

/** The negations in a text. A correction must not add or remove one: 红包没用 is the opposite of 红包管用. */
function negationsOf(text: string): string {
  return text.replace(/[^不没未]/gu, '');
}

/** Final particles, which a query may have and a text may not: 群里吵架了 means 群里吵架. */
const PARTICLES = /[了吗呢吧啊呀的]+$/u;

const LATIN = /\p{Script=Latin}/u;

const MIN_LENGTH = 4;
/** Matches what may stand in place of a wrong character: another one, or the space between two Latin words. */
const SLIP = '(?:[^\\p{P}\\p{N}\\s]|(?<=\\p{Script=Latin}) (?=\\p{Script=Latin}))';
/** Maximum number of texts to search for corrections. */
const MOST_TEXTS = 12;

/** Matches punctuation that people omit or change when they recall a sentence, unlike that of `30%` or `C#`. */
const MARK = /[^\P{P}%#@&*/\\]/u;
/** Maximum number of texts to search for a sentence with other punctuation. */
const MOST_SENTENCES = 4;

/**
 * Finds a term in the texts with other punctuation: 不是数量是气氛 ⇒ 不是数量，是气氛, 「不用给理由」 ⇒ 不用给理由. The
 * texts searched for a sentence are those of entries that contain at least half of its pairs of characters.
 */
async function punctuated(index: SearchIndex, characters: readonly string[]): Promise<string[]> {
  const bare = characters.join('').replace(/^\p{P}+(?=\p{Script=Han})|(?<=\p{Script=Han})\p{P}+$/gu, '');
  if (bare !== characters.join('') && (await index.find(Array.from(bare))).size > 0) return [bare];
  const letters = characters.filter((character, at) => !MARK.test(character) || isInNumber(characters, at));
  if (letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length < MIN_LENGTH) return [];
  // These pairs don't overlap, so a punctuation mark splits at most one of them.
  const pairs = pairsOf(letters.join('')).filter((_, at) => at % 2 === 0);
  const held = new Map<string, { candidate: Candidate; count: number }>();
  for (const matches of await Promise.all(pairs.map((pair) => index.find(Array.from(pair))))) {
    for (const [entry, { candidate }] of matches) {
      held.set(entry, { candidate, count: (held.get(entry)?.count ?? 0) + 1 });
    }
  }
  const likely = [...held.values()]
    .filter(({ count }) => count >= pairs.length / 2)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_SENTENCES);
  const between = (at: number) => (isDigit(letters[at - 1]) && isDigit(letters[at]) ? '' : `${MARK.source}*`);
  const pattern = letters.map((letter, at) => (at > 0 ? between(at) : '') + escapePattern(letter)).join('');
  const runs = new Set<string>();
  for (const { candidate } of likely) {
    for (const [run] of (await foldedText(candidate)).matchAll(new RegExp(pattern, 'gu'))) runs.add(run);
  }
  return [...runs].slice(0, 2);
}

/** Whether a character is a digit, or punctuation between two digits: `2.5`. */
function isInNumber(characters: readonly string[], at: number): boolean {
  return isDigit(characters[at]) || (isDigit(characters[at - 1]) && isDigit(characters[at + 1]));
}

function isDigit(character = ''): boolean {
  return /^\p{N}$/u.test(character);
}

/** An entry's folded text, one line per block. */
async function foldedText({ load }: Candidate): Promise<string> {
  return (await load()).blocks.map(([, , text]) => foldText(text)).join('\n');
}

/**
 * Corrections, likeliest first, of a run in which one character is wrong, missing or extra, or two are in the wrong
 * order. The run must have four or more characters besides question words and numbers. The texts searched are those of
 * entries that contain both halves around the wrong character.
 */
async function corrected(index: SearchIndex, characters: readonly string[]): Promise<string[]> {
  const typed = characters.join('');
  // A different number is not a typing error.
  const isDoubtful = (at: number) => !isInNumber(characters, at);
  if (Array.from(withoutQuestionWords(typed).replace(/\p{N}/gu, '')).length < MIN_LENGTH) return [];
  const plain = typed.replace(PARTICLES, '');
  if (plain.length < characters.length && plain.length >= MIN_LENGTH - 1) {
    if ((await index.find(Array.from(plain))).size > 0) return [plain];
  }
  const halves = await Promise.all(
    [...characters.keys()].filter(isDoubtful).map(async (at) => {
      const [before, after] = [characters.slice(0, at), characters.slice(at + 1)];
      const found = await Promise.all(
        [before, after].filter((half) => half.length > 0).map((half) => index.find(half)),
      );
      const [first, second] = found as [Map<string, Match>, Map<string, Match>?];
      const both = [...first.values()].filter(({ candidate }) => second?.has(candidate.entry) ?? true);
      return { before, after, candidates: both.map(({ candidate }) => candidate) };
    }),
  );
  const likely = halves
    .filter(({ candidates }) => candidates.length > 0)
    .sort((a, b) => a.candidates.length - b.candidates.length);
  const counts = new Map<string, number>();
  const texts = new Map<string, string>();
  // A Latin word must match as a whole: leng is not in revenge.
  const start = LATIN.test(characters[0]!) ? '(?<!\\p{Script=Latin})' : '';
  const end = LATIN.test(characters.at(-1)!) ? '(?!\\p{Script=Latin})' : '';
  const negationsIn = negationsOf(typed);
  const count = async (
    { before, after, candidates }: (typeof halves)[number],
    fewest: number,
    most: number,
  ) => {
    const pattern = new RegExp(
      `${start}${escapePattern(before.join(''))}${SLIP}{${fewest},${most}}?${escapePattern(after.join(''))}${end}`,
      'gu',
    );
    for (const candidate of candidates) {
      if (!texts.has(candidate.entry)) {
        if (texts.size === MOST_TEXTS) break;
        texts.set(candidate.entry, await foldedText(candidate));
      }
      for (const [run] of texts.get(candidate.entry)!.matchAll(pattern)) {
        if (negationsOf(run) === negationsIn) counts.set(run, (counts.get(run) ?? 0) + 1);
      }
    }
  };
  const isAtEnd = ({ before, after }: (typeof halves)[number]) => before.length === 0 || after.length === 0;
  for (const half of likely) await count(half, isAtEnd(half) ? 1 : 0, 2);
  if (counts.size === 0 && characters.length > MIN_LENGTH) {
    for (const half of likely.filter(isAtEnd)) await count(half, 0, 0);
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([run]) => run);
  const sameLength = ranked.filter((run) => Array.from(run).length === characters.length);
  if (sameLength.length > 0) return sameLength.slice(0, 2);
  const inOrder = await swapped(index, characters);
  return (inOrder.length > 0 ? inOrder : ranked).slice(0, 2);
}

/** Finds a run with two neighbours in the wrong order: dorpbox ⇒ dropbox. */
async function swapped(index: SearchIndex, characters: readonly string[]): Promise<string[]> {
  const canMove = (at: number) =>
    /^[\p{Script=Han}\p{Script=Latin}]$/u.test(characters[at]!) && negationsOf(characters[at]!) === '';
  const runs = [...characters.keys()]
    .slice(1)
    .filter((at) => canMove(at - 1) && canMove(at) && characters[at - 1] !== characters[at])
    .map((at) => [
      ...characters.slice(0, at - 1),
      characters[at]!,
      characters[at - 1]!,
      ...characters.slice(at + 1),
    ]);
  const found = await Promise.all(runs.map((run) => index.find(run)));
  return runs.filter((_, at) => found[at]!.size > 0).map((run) => run.join(''));
}
