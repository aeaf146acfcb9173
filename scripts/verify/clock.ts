import type { Answer } from './ask.ts';

/** Minutes by which this machine's clock is ahead of a host's, negative behind it; undefined where the host does not say. */
export function minutesAhead({ headers }: Pick<Answer, 'headers'>): number | undefined {
  // What a cache between has kept says when it was made, and how long (seconds) ago that was.
  const theirs = Date.parse(headers.get('Date') ?? '') + 1000 * Number(headers.get('Age') ?? 0);
  return Number.isNaN(theirs) ? undefined : Math.round((Date.now() - theirs) / 60_000);
}
