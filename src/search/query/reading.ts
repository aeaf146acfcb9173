import { foldedText, type Candidate, type Match, type SearchIndex } from './search-index.ts';
import { datesOf } from './date.ts';
import { fold, foldText, spansOf } from '../fold.ts';
import { numbersOtherwise, wholeNumbers } from './numbers.ts';
import { runsByPinyin, wordsByPinyin, wordsSoundingLike } from './pinyin.ts';
import type { Term } from './query.ts';
import { corrected, punctuated } from './typos.ts';
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
