import type { Candidate, Match, SearchIndex } from './search-index.ts';
import { foldText } from '../fold.ts';
import { joinSpelt, parseQuery, type Term } from './query.ts';
import { rankPartial, rankWhole, worthOf } from './rank.ts';
import { isFiller, isQuestion, piecesOf } from './pieces.ts';
import { isOfSyllables } from './pinyin.ts';
import { ZONES } from '../record.ts';
import { readOtherwise, readSpelt, synonymsOf, type Reading } from './reading.ts';

/** How a term was read when it wasn't found as typed, or which words were searched besides it. */
export type Change = Pick<Reading, 'by' | 'from' | 'to'>;

export interface Answer {
  /** Best first. */
  found: Candidate[];
  /** Runs of folded characters to highlight. */
  runs: string[][];
  /** How terms were read differently; empty when all were found as typed. */
  changes: Change[];
  /** Whether the entries contain only some of the terms. */
  isPartial: boolean;
}

/** If more entries contain a question word for word, none are found besides for its words. */
const FEW = 3;
/** Maximum number of entries found besides for the words of a question; the best of them may answer it. */
const MOST_RELATED = 5;

const NOTHING: Answer = { found: [], runs: [], changes: [], isPartial: false };

/**
 * Answers a typed query. It tries the following in turn and returns the first that finds something:
 *
 * - entries that contain every term as typed;
 * - entries that contain the words of a term apart: `留存` and `2025` of `留存 2025`;
 * - entries that contain what adjacent terms spell together in pinyin: `leng qi dong`;
 * - entries that contain every term, where terms found nowhere are read otherwise (traditional, pinyin, synonyms, one
 *   wrong character), and then every word of a term so;
 * - entries that contain some of the terms.
 *
 * @throws Error when the index can't be loaded
 */
export async function answer(index: SearchIndex, typed: string): Promise<Answer> {
  const terms = parseQuery(typed);
  if (terms.length === 0) return NOTHING;
  const asTyped = await readAsTyped(index, terms);
  const exact = await holdingAll(index, terms, asTyped);
  if (exact.found.length > 0) return exact;
  const words = parseQuery(typed, true);
  const wordsAsTyped = words.length > terms.length ? await readAsTyped(index, words) : undefined;
  if (wordsAsTyped) {
    const apart = await holdingAll(index, words, wordsAsTyped);
    if (apart.found.length > 0) return apart;
  }
  const spelt = await holdingSpelt(index, terms);
  if (spelt.found.length > 0) return spelt;

  const readings = await readAll(index, terms, asTyped);
  const otherwise = await holdingAll(index, terms, readings);
  if (otherwise.found.length > 0) return otherwise;
  if (wordsAsTyped) {
    const apart = await holdingAll(index, words, await readAll(index, words, wordsAsTyped));
    if (apart.found.length > 0) return apart;
  }
  return holdingPart(index, terms, readings);
}

/**
 * Finds more entries besides an answer as typed: by dates, synonyms, numbers written otherwise and pinyin, or, if few
 * entries contain a question word for word, those that contain its words. Empty when there are none.
 */
export async function answerBeside(index: SearchIndex, typed: string, given: Answer): Promise<Answer> {
  const terms = parseQuery(typed);
  if (given.changes.length > 0 || given.isPartial) return NOTHING;
  const known = new Set(given.found.map(({ entry }) => entry));
  const others = ({ found }: Answer) => found.filter(({ entry }) => !known.has(entry));
  const wider = await holdingOtherwise(index, terms);
  if (wider) return { ...wider, found: others(wider) };
  if (known.size > FEW || !terms.some(isQuestion)) return NOTHING;
  const related = await holdingPart(index, terms);
  return { ...related, found: others(related).slice(0, MOST_RELATED) };
}

/** Finds the entries that contain every term, as typed or otherwise; undefined if none can be read otherwise. */
async function holdingOtherwise(index: SearchIndex, terms: readonly Term[]): Promise<Answer | undefined> {
  const readings = await Promise.all(
    terms.map(async (term) => ({ typed: await hitsOf(index, term), beside: await synonymsOf(index, term) })),
  );
  if (readings.every(({ beside }) => !beside)) return undefined;
  const joined = readings.map(({ typed: own, beside }): Reading => {
    if (!beside) return own;
    const hits = new Map([...beside.hits, ...own.hits]);
    // What is found by its date has none of the words, so there is no text of it to look for them in.
    const runs = beside.by === 'date' ? [] : [...own.runs, ...beside.runs];
    return { ...beside, hits, runs };
  });
  return holdingAll(index, terms, joined);
}

/** Reads the terms otherwise that were found nowhere as typed. */
function readAll(
  index: SearchIndex,
  terms: readonly Term[],
  asTyped: readonly Reading[],
): Promise<(Reading | undefined)[]> {
  return Promise.all(
    asTyped.map(async (reading, at) => {
      return reading.hits.size > 0 ? reading : await readOtherwise(index, terms[at]!);
    }),
  );
}

function readAsTyped(index: SearchIndex, terms: readonly Term[]): Promise<Reading[]> {
  return Promise.all(terms.map((term) => hitsOf(index, term)));
}

/**
 * Finds the entries that contain a term as typed. If it only matches other names of topics, it counts as not found,
 * because it is found as a synonym of the topic's name.
 */
async function hitsOf(index: SearchIndex, { text, characters }: Term): Promise<Reading> {
  const found = await index.find(characters);
  const isSaid = [...found.values()].some(({ zone }) => ZONES[zone] !== 'alias');
  return {
    by: 'typed',
    from: text,
    to: [text],
    runs: [characters],
    hits: isSaid ? found : new Map<string, Match>(),
  };
}

async function holdingAll(
  index: SearchIndex,
  terms: readonly Term[],
  readings: readonly (Reading | undefined)[],
): Promise<Answer> {
  const known = readings.filter((reading) => reading !== undefined);
  const [first, ...others] = known;
  if (!first || known.length < readings.length) return NOTHING;
  const whole =
    terms.length > 1
      ? await index.find(Array.from(foldText(terms.map(({ text }) => text).join(' '))))
      : undefined;
  const holding = [...first.hits].flatMap(([entry, hit]) => {
    const matches = [hit, ...others.map(({ hits }) => hits.get(entry))];
    return matches.every((match) => match !== undefined)
      ? [{ candidate: hit.candidate, matches, isWhole: whole?.has(entry) ?? true }]
      : [];
  });
  return {
    found: rankWhole(holding, terms),
    runs: known.flatMap(({ runs }) => runs),
    changes: changesOf(known),
    isPartial: false,
  };
}

/** Finds the entries that contain every term, with adjacent pinyin terms joined: `leng qi dong`. */
async function holdingSpelt(index: SearchIndex, terms: readonly Term[]): Promise<Answer> {
  if (terms.filter(({ characters }) => /^[a-z]+$/.test(characters.join(''))).length < 2) return NOTHING;
  const dictionary = await index.dictionary();
  const joined = joinSpelt(terms, (typed) => isOfSyllables(typed, dictionary));
  if (joined.length === terms.length) return NOTHING;
  const readings = await Promise.all(
    joined.map((term) => (terms.includes(term) ? hitsOf(index, term) : readSpelt(index, term))),
  );
  return holdingAll(index, joined, readings);
}

/** @param readings - how the terms are found as a whole; without them, each is split into its pieces */
async function holdingPart(
  index: SearchIndex,
  terms: readonly Term[],
  readings: readonly (Reading | undefined)[] = [],
): Promise<Answer> {
  // A correction is only a guess; the pieces of the term find the same entries, and other close ones too.
  const sure = readings.map((reading) => (reading?.by === 'typo' ? undefined : reading));
  const isAsked = terms.every(isFiller);
  const pieces = terms.flatMap((term, at) => {
    if (isFiller(term) && !isAsked) return [];
    const reading = sure[at];
    return reading && terms.length > 1
      ? [{ weight: term.characters.length, runs: reading.runs, term: at, isWhole: true }]
      : piecesOf(term, index.synonyms).map((piece) => ({ ...piece, term: at, isWhole: false }));
  });
  const weighed = await Promise.all(
    pieces.map(async (piece) => {
      const hits = new Map<string, Match>();
      const found = await Promise.all(piece.runs.map((run) => index.find(run)));
      found.forEach((matches, choice) => {
        for (const [entry, held] of matches) {
          const match = { ...held, choice };
          const known = hits.get(entry);
          if (!known || worthOf(match) > worthOf(known)) hits.set(entry, match);
        }
      });
      return { ...piece, hits };
    }),
  );
  const held = weighed.filter(({ hits }) => hits.size > 0);
  return {
    found: rankPartial(held, index.candidates.length),
    runs: held.flatMap(({ runs }) => runs),
    changes: changesOf(sure.filter((reading) => reading !== undefined)),
    isPartial: true,
  };
}

function changesOf(readings: readonly Reading[]): Change[] {
  return readings.filter(({ by }) => by !== 'typed').map(({ by, from, to }) => ({ by, from, to }));
}
