import type { Query } from './corpus.ts';

/** The result of one query. */
export interface Outcome {
  query: Query;
  /** Ids of the results, best first. */
  ids: string[];
  milliseconds: number;
}

export interface Quality {
  success: number;
  recall: number;
  reciprocalRank: number;
  rPrecision: number;
}

/**
 * Rates results from 0 to 1, on average over the queries: whether a relevant one is among the first ten (success@10),
 * the number of relevant ones among the first ten over the most possible (recall@10), one over the rank of the first
 * relevant one (MRR), and the share of relevant ones among the first R, where R is their number (R-precision).
 */
export function qualityOf(outcomes: readonly Outcome[]): Quality {
  const each = outcomes.map(({ query, ids }) => {
    const relevant = new Set(query.relevant);
    const hits = (first: number) => ids.slice(0, first).filter((id) => relevant.has(id)).length;
    const rank = ids.findIndex((id) => relevant.has(id));
    return {
      success: hits(10) > 0 ? 1 : 0,
      recall: hits(10) / Math.min(10, relevant.size),
      reciprocalRank: rank < 0 ? 0 : 1 / (rank + 1),
      rPrecision: hits(relevant.size) / relevant.size,
    };
  });
  const mean = (key: keyof Quality) => each.reduce((sum, one) => sum + one[key], 0) / each.length;
  return {
    success: mean('success'),
    recall: mean('recall'),
    reciprocalRank: mean('reciprocalRank'),
    rPrecision: mean('rPrecision'),
  };
}

/** Returns a percentile of the values: `percentile(times, 0.95)`. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
}
