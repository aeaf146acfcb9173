import { compare } from '../compare.ts';
import type { Candidate, Match } from './engine.ts';
import { foldText } from './fold.ts';
import type { Term } from './query.ts';
import { ZONES } from './record.ts';

interface Holding {
  candidate: Candidate;
  /** A match for each term. */
  matches: Match[];
  /** Whether the terms stand together as typed. */
  isWhole: boolean;
}

/**
 * Orders entries that hold every term: the whole phrase before its parts; title, key quote, heading, topic before body; a
 * title that is little more than the term before a longer one; the likelier reading of a term before another; more
 * matches before fewer; newer before older.
 */
export function rankWhole(holdings: readonly Holding[], terms: readonly Term[]): Candidate[] {
  const keyed = holdings.map(({ candidate, matches, isWhole }) => {
    const zones = sum(matches, ({ zone }) => zone);
    const length = sum(matches, (match, at) => match.length ?? terms[at]!.characters.length);
    const inTitle = zones === 0 ? Math.min(1, length / foldText(candidate.title).length) : 0;
    const reading = sum(matches, ({ choice }) => choice ?? 0);
    const count = sum(matches, (match) => match.count);
    return { candidate, key: [isWhole ? 0 : 1, zones, -inTitle, reading, -count] };
  });
  return keyed
    .sort((a, b) => compareKeys(a.key, b.key) || newerFirst(a.candidate, b.candidate))
    .map(({ candidate }) => candidate);
}

/** An entry whose score is below this part of the best one's has little to do with the question. */
const FLOOR = 0.3;

/** How much more a match counts in each of the zones. */
const ZONE_WEIGHT: Record<(typeof ZONES)[number], number> = {
  title: 2,
  quote: 1.3,
  heading: 1.5,
  topic: 1.3,
  body: 1,
  alias: 0.5,
};

/** … and how much one counts that a synonym found. */
const SYNONYM_WEIGHT = 0.6;

/** What a match is worth among the parts of a query: a synonym is worth less than the word, a title more than a body. */
export function worthOf({ zone, choice }: Match): number {
  return ZONE_WEIGHT[ZONES[zone]!] * (choice ? SYNONYM_WEIGHT : 1);
}

/** What is left of a query of which no entry holds all. */
export interface Part {
  hits: ReadonlyMap<string, Match>;
  weight: number;
  /** Which of the terms that were typed it is, or a piece of. */
  term: number;
  /** Is it the whole of one of several terms? Else it is a piece of one that stands nowhere, or of a question. */
  isWhole: boolean;
}

/**
 * Orders entries that hold some of the parts. Those with more of the terms come first, and of a term that stands nowhere
 * those with more of its pieces; then rare parts count more than common ones, long more than short, those in a title more
 * than those in the body. Entries that hold no term and hardly anything else are left out.
 *
 * @param total - how many entries there are
 */
export function rankPartial(parts: readonly Part[], total: number): Candidate[] {
  const rarityOf = ({ hits }: Part) => Math.log(1 + total / hits.size);
  const terms = new Map<number, number>();
  for (const part of parts) {
    terms.set(part.term, (terms.get(part.term) ?? 0) + part.weight * rarityOf(part));
  }
  const scores = new Map<string, { candidate: Candidate; hasTerm: boolean; held: number; score: number }>();
  for (const part of parts) {
    const worth = part.weight * rarityOf(part);
    for (const [entry, match] of part.hits) {
      const { candidate, count } = match;
      const scored = scores.get(entry) ?? { candidate, hasTerm: false, held: 0, score: 0 };
      const often = 1 + Math.min(0.5, Math.log2(count) / 8);
      if (part.isWhole) scored.hasTerm = true;
      if (terms.size > 1) scored.held += worth / terms.get(part.term)!;
      scored.score += worth * worthOf(match) * often;
      scores.set(entry, scored);
    }
  }
  const ranked = [...scores.values()].sort(
    (a, b) => compareHeld(b.held, a.held) || b.score - a.score || newerFirst(a.candidate, b.candidate),
  );
  const best = Math.max(0, ...ranked.map(({ score }) => score));
  return ranked
    .filter(({ hasTerm, score }) => hasTerm || score >= FLOOR * best)
    .map(({ candidate }) => candidate);
}

/** Sums of the same parts, added up in another order, are the same. */
function compareHeld(a: number, b: number): number {
  return Math.abs(a - b) < 1e-9 ? 0 : a - b;
}

/** The order by date, newest first; entries without a date last. */
export function newerFirst(a: Candidate, b: Candidate): number {
  return compare(b.date, a.date) || compare(a.entry, b.entry);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function sum<T>(values: readonly T[], amount: (value: T, at: number) => number): number {
  return values.reduce((total, value, at) => total + amount(value, at), 0);
}
