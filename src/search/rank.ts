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
  alias: 0.8,
};

/** … and how much one counts that a synonym found. */
const SYNONYM_WEIGHT = 0.6;

/**
 * Orders entries that hold some of the pieces: rare pieces count more than common ones, long more than short, those in
 * a title more than those in the body. Entries that hold hardly anything are left out.
 *
 * @param total - how many entries there are
 */
export function rankPartial(
  pieces: readonly { hits: ReadonlyMap<string, Match>; weight: number }[],
  total: number,
): Candidate[] {
  const scores = new Map<string, { candidate: Candidate; score: number }>();
  for (const { hits, weight } of pieces) {
    const rarity = Math.log(1 + total / hits.size);
    for (const [entry, { candidate, zone, count, choice }] of hits) {
      const scored = scores.get(entry) ?? { candidate, score: 0 };
      const often = 1 + Math.min(0.5, Math.log2(count) / 8);
      const asTyped = choice ? SYNONYM_WEIGHT : 1;
      scored.score += weight * asTyped * rarity * ZONE_WEIGHT[ZONES[zone]!] * often;
      scores.set(entry, scored);
    }
  }
  const ranked = [...scores.values()].sort(
    (a, b) => b.score - a.score || newerFirst(a.candidate, b.candidate),
  );
  const best = ranked[0]?.score ?? 0;
  return ranked.filter(({ score }) => score >= FLOOR * best).map(({ candidate }) => candidate);
}

/** The order by date, newest first; entries without a date last. */
export function newerFirst(a: Candidate, b: Candidate): number {
  return b.date.localeCompare(a.date) || a.entry.localeCompare(b.entry);
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function sum<T>(values: readonly T[], amount: (value: T, at: number) => number): number {
  return values.reduce((total, value, at) => total + amount(value, at), 0);
}
