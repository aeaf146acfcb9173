import type { Candidate, Index, Match } from './engine.ts';
import { foldText } from './fold.ts';
import { numbersOtherwise, wholeNumbers } from './numbers.ts';
import { pairsOf, withoutQuestionWords } from './pieces.ts';
import { runsByPinyin, wordsByPinyin, wordsSoundingLike } from './pinyin.ts';
import type { Term } from './query.ts';
import type { Dictionary } from './record.ts';

/** A way to read a term, and the entries it finds. */
export interface Reading {
  by: 'typed' | 'variant' | 'number' | 'pinyin' | 'synonym' | 'typo';
  /** As typed. */
  from: string;
  /** What was searched instead. */
  to: string[];
  runs: string[][];
  hits: Map<string, Match>;
}

/**
 * Reads a term that stands nowhere in another way: traditional characters as simplified, a word of the field as its
 * synonyms, a number in digits as one in characters, pinyin as words, a word as another that sounds the same, a sentence with other punctuation, one character of
 * four or more as wrong. The first way that finds something is taken.
 */
export async function readOtherwise(index: Index, term: Term): Promise<Reading | undefined> {
  const dictionary = await index.dictionary();
  const typed = term.characters.join('');
  return (
    (await findAny(index, term, 'variant', simplified(typed, dictionary))) ??
    // First what operators wrote down: KPI is 指标, whatever else begins with k and pi.
    (await findAny(index, term, 'synonym', synonymsFor(typed, index.synonyms))) ??
    (await readNumbers(index, term)) ??
    (await readSpelt(index, term)) ??
    (await findAny(index, term, 'pinyin', wordsSoundingLike(typed, dictionary))) ??
    (await findAny(index, term, 'typo', await punctuated(index, term.characters))) ??
    (await findAny(index, term, 'typo', await corrected(index, term.characters)))
  );
}

/** What a term spells in pinyin, full or by initials. */
export async function readSpelt(index: Index, term: Term): Promise<Reading | undefined> {
  return findAny(index, term, 'pinyin', spelt(term.characters.join(''), index, await index.dictionary()));
}

/** What else a term that was found may mean: its synonyms, its numbers written otherwise, or words in pinyin. */
export async function synonymsOf(index: Index, term: Term): Promise<Reading | undefined> {
  const typed = term.characters.join('');
  const written =
    (await findAny(index, term, 'synonym', synonymsFor(typed, index.synonyms))) ??
    (await readNumbers(index, term));
  if (written || !/^[a-z]{2,}$/.test(typed)) return written;
  return findAny(index, term, 'pinyin', wordsByPinyin(typed, await index.dictionary()));
}

/** Entries that are looked through for a number that is no part of a longer one. */
const MOST_COUNTED = 24;

/** A term with its numbers written otherwise: 21天 ⇒ 二十一天. */
async function readNumbers(index: Index, term: Term): Promise<Reading | undefined> {
  const found = await findAny(index, term, 'number', numbersOtherwise(term.characters.join('')));
  if (!found) return undefined;
  const whole = wholeNumbers(found.to);
  const likely = [...found.hits].sort(([, a], [, b]) => a.zone - b.zone).slice(0, MOST_COUNTED);
  const checked = await Promise.all(
    likely.map(async (hit) => (whole.test(await foldedText(hit[1].candidate)) ? [hit] : [])),
  );
  const hits = new Map(checked.flat());
  return hits.size > 0 ? { ...found, hits } : undefined;
}

async function findAny(
  index: Index,
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
  const to = useful.map(({ word }) => word);
  return { by, from: text, to, runs: to.map((word) => Array.from(word)), hits };
}

function simplified(typed: string, { variants }: Dictionary): string[] {
  const simple = new Map<string, string>();
  const characters = Array.from(variants);
  for (let at = 0; at < characters.length; at += 2) simple.set(characters[at]!, characters[at + 1]!);
  const text = Array.from(typed, (character) => simple.get(character) ?? character).join('');
  return text === typed ? [] : [text];
}

/**
 * What a term spells: a word, part of a title, a word with characters around it (`社qun运营`), or two words in a row
 * (`shequnyunying`).
 */
function spelt(text: string, { candidates }: Index, dictionary: Dictionary): string[] {
  // `xi'an`: input methods set a mark between syllables.
  const typed = text.replace(/(?<=[a-z])'(?=[a-z])/g, '');
  const whole = wordsByPinyin(typed, dictionary);
  if (whole.length > 0) return whole;
  const titles = candidates.map(({ title }) => foldText(title));
  const titled = runsByPinyin(typed, titles, dictionary);
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

function synonymsFor(typed: string, groups: readonly (readonly string[])[]): string[] {
  const others = groups.filter((group) => group.includes(typed)).flat();
  return [...new Set(others)].filter((word) => word !== typed);
}

/** One of these more or less is no slip: 红包没用 is the opposite of 红包管用. */
function negationsOf(text: string): string {
  return text.replace(/[^不没未]/gu, '');
}

/** What a sentence ends in and texts may not: 群里吵架了 is 群里吵架. */
const PARTICLES = /[了吗呢吧啊呀的]+$/u;

const LATIN = /\p{Script=Latin}/u;

const MIN_LENGTH = 4;
/** Texts that are looked through for what the term may have been. */
const MOST_TEXTS = 12;

/** Punctuation that one leaves out or sets otherwise, remembering a sentence: not that of `30%` or `C#`. */
const MARK = /[^\P{P}%#@&*/\\]/u;
/** Texts that are looked through for a sentence with other punctuation. */
const MOST_SENTENCES = 8;

/**
 * What stands in the texts in place of a term but for its punctuation: 不是数量是气氛 ⇒ 不是数量，是气氛, 「不用给理由」 ⇒
 * 不用给理由. Of a sentence the entries that hold most of its pairs of characters are looked through.
 */
async function punctuated(index: Index, characters: readonly string[]): Promise<string[]> {
  const bare = characters.join('').replace(/^\p{P}+(?=\p{Script=Han})|(?<=\p{Script=Han})\p{P}+$/gu, '');
  if (bare !== characters.join('') && (await index.find(Array.from(bare))).size > 0) return [bare];
  const letters = characters.filter((character, at) => !MARK.test(character) || isInNumber(characters, at));
  if (letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length < MIN_LENGTH) return [];
  // A mark stands between two characters, and thus within one pair in two at most.
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
  const pattern = letters.map((letter, at) => (at > 0 ? between(at) : '') + escape([letter])).join('');
  const runs = new Set<string>();
  for (const { candidate } of likely) {
    for (const [run] of (await foldedText(candidate)).matchAll(new RegExp(pattern, 'gu'))) runs.add(run);
  }
  return [...runs].slice(0, 2);
}

/** A digit, or a mark between two: `2.5`. */
function isInNumber(characters: readonly string[], at: number): boolean {
  return isDigit(characters[at]) || (isDigit(characters[at - 1]) && isDigit(characters[at + 1]));
}

function isDigit(character = ''): boolean {
  return /^\p{N}$/u.test(character);
}

/** An entry's text as it is compared, a line a block. */
async function foldedText({ load }: Candidate): Promise<string> {
  return (await load()).blocks.map(([, , text]) => foldText(text)).join('\n');
}

/**
 * What stands in the texts in place of a run of four or more characters, beside what makes it a question, of which one is
 * wrong, missing or too much, likeliest first. Entries that hold both halves around the wrong character are looked through.
 */
async function corrected(index: Index, characters: readonly string[]): Promise<string[]> {
  const typed = characters.join('');
  // Another number is no misspelt one.
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
  // A word of letters is not part of another: leng is not in revenge.
  const start = LATIN.test(characters[0]!) ? '(?<!\\p{Script=Latin})' : '';
  const end = LATIN.test(characters.at(-1)!) ? '(?!\\p{Script=Latin})' : '';
  const counts = new Map<string, number>();
  const texts = new Map<string, string>();
  const negationsIn = negationsOf(typed);
  for (const { before, after, candidates } of likely) {
    const slip = `[^\\p{P}\\p{N}\\s]{${before.length === 0 || after.length === 0 ? 1 : 0},2}?`;
    const pattern = new RegExp(`${start}${escape(before)}${slip}${escape(after)}${end}`, 'gu');
    for (const candidate of candidates) {
      if (!texts.has(candidate.entry)) {
        if (texts.size === MOST_TEXTS) break;
        texts.set(candidate.entry, await foldedText(candidate));
      }
      for (const [run] of texts.get(candidate.entry)!.matchAll(pattern)) {
        if (negationsOf(run) === negationsIn) counts.set(run, (counts.get(run) ?? 0) + 1);
      }
    }
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([run]) => run);
  const sameLength = ranked.filter((run) => Array.from(run).length === characters.length);
  return (sameLength.length > 0 ? sameLength : ranked).slice(0, 2);
}

function escape(characters: readonly string[]): string {
  return characters.join('').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
