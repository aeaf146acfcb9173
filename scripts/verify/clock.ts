import type { Answer } from './ask.ts';

/**
 * Returns by how many minutes this machine's clock is ahead of a host's, negative if behind; undefined if the host
 * sends no date.
 */
export function minutesAhead({ headers }: Pick<Answer, 'headers'>): number | undefined {
  // An answer from a cache has the date when it was made, and its age in seconds.
  const theirs = Date.parse(headers.get('Date') ?? '') + 1000 * Number(headers.get('Age') ?? 0);
  return Number.isNaN(theirs) ? undefined : Math.round((Date.now() - theirs) / 60_000);
}
