import type { Candidate } from '../query/search-index.ts';

export const FACETS = ['form', 'topic', 'person', 'year', 'level'] as const;
export type Facet = (typeof FACETS)[number];

/** The chosen value of each facet; a facet without a choice is missing. */
export type Chosen = Partial<Record<Facet, string>>;

/** The values of a facet that an entry has. */
function valuesOf({ entry, topics, people, date, levels }: Candidate, facet: Facet): string[] {
  const values = {
    form: [entry.split('/')[0]!],
    topic: topics,
    person: people,
    year: [date.slice(0, 4)],
    level: levels,
  };
  return values[facet].filter((value) => value !== '');
}

/** Filters the entries that have every chosen value. */
export function narrow<T extends Candidate>(found: readonly T[], chosen: Chosen): T[] {
  const wanted = Object.entries(chosen) as [Facet, string][];
  return found.filter((candidate) =>
    wanted.every(([facet, value]) => valuesOf(candidate, facet).includes(value)),
  );
}

/**
 * Counts the entries that each value of a facet would leave, with the other facets as chosen. Sorted by count, largest
 * first; years newest first.
 */
export function countFacet(
  found: readonly Candidate[],
  chosen: Chosen,
  facet: Facet,
): [value: string, count: number][] {
  const { [facet]: own, ...others } = chosen;
  const counts = new Map<string, number>(own === undefined ? [] : [[own, 0]]);
  for (const candidate of narrow(found, others)) {
    for (const value of valuesOf(candidate, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a, most], [b, least]) =>
    facet === 'year' ? b.localeCompare(a) : least - most || a.localeCompare(b),
  );
}
