import { compare } from '../../text/compare.ts';
import type { Candidate, Match } from './search-index.ts';
import { foldText } from '../fold.ts';
import type { Term } from './query.ts';
import { ZONES } from '../record.ts';

interface Found {
  candidate: Candidate;
  /** A match for each term. */
  matches: Match[];
  /** Whether the terms occur together as typed. */
  isWhole: boolean;
}

/**
 * Ranks entries that contain every term: the whole phrase before its parts; title, key quote, heading, topic before
 * body; a title that is little more than the term before a longer one; the likelier reading of a term before another;
 * more matches before fewer; newer before older.
 */
export function rankWhole(found: readonly Found[], terms: readonly Term[]): Candidate[] {
  const keyed = found.map(({ candidate, matches, isWhole }) => {
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

/** Entries whose score is below this fraction of the best are dropped as unrelated. */
const FLOOR = 0.3;

/** The weight of a match by zone. */
const ZONE_WEIGHT: Record<(typeof ZONES)[number], number> = {
  title: 2,
  quote: 1.3,
  heading: 1.5,
  topic: 1.3,
  body: 1,
  alias: 0.5,
};

/** The weight of a match by a synonym. */
const SYNONYM_WEIGHT = 0.6;

/** The weight of a match of a part of a query: a synonym counts less than the word, a title more than a body. */
export function worthOf({ zone, choice }: Match): number {
  return ZONE_WEIGHT[ZONES[zone]!] * (choice ? SYNONYM_WEIGHT : 1);
}

/** A part of a query that no entry contains as a whole. */
export interface Part {
  hits: ReadonlyMap<string, Match>;
  weight: number;
  /** The index of the typed term that it is, or is a piece of. */
  term: number;
  /**
   * Whether it is one of several terms as a whole; otherwise it is a piece of a term found nowhere, or of a question.
   */
  isWhole: boolean;
}

/**
 * Ranks entries that contain some of the parts. Entries with more of the terms come first, where a term found nowhere
 * counts by the share of its pieces. After that, rare parts count more than common ones, long more than short, and
 * those in a title more than those in the body. Entries without a whole term and with a low score are left out.
 *
 * @param total - the number of all entries
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

/** Compares two sums, ignoring the rounding errors of parts added in a different order. */
function compareHeld(a: number, b: number): number {
  return Math.abs(a - b) < 1e-9 ? 0 : a - b;
}

/** Compares by date, newest first; entries without a date come last. */
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
