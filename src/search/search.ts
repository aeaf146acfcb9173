import type { Candidate, Engine, Match } from './engine.ts';
import { parseQuery } from './query.ts';
import type { StoredText } from './record.ts';

/** An entry that answers a query. */
export interface Found {
  candidate: Candidate;
  load: () => Promise<StoredText>;
}

export interface Answer {
  /** Best first. */
  found: Found[];
  /** What is marked in texts: runs of folded characters. */
  runs: string[][];
}

/** Entries that hold every term of what was typed, best first. */
export async function answer(engine: Engine, typed: string): Promise<Answer> {
  const terms = parseQuery(typed);
  const runs = terms.map(({ characters }) => characters);
  if (runs.length === 0) return { found: [], runs };
  const [first, ...others] = await Promise.all(runs.map((run) => engine.find(run)));
  const found = [...first!].flatMap(([entry, match]) => {
    const matches = [match, ...others.map((other) => other.get(entry))];
    return matches.every((one) => one !== undefined) ? [{ ...match, rank: rankOf(matches) }] : [];
  });
  found.sort((a, b) => a.rank - b.rank || newerFirst(a.candidate, b.candidate));
  return { found, runs };
}

/** Lower is better: the sum of the zones in which the terms stand, titles first. */
function rankOf(matches: Match[]): number {
  return matches.reduce((sum, { zone }) => sum + zone, 0);
}

function newerFirst(a: Candidate, b: Candidate): number {
  return b.date.localeCompare(a.date) || a.entry.localeCompare(b.entry);
}
