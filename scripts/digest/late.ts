import type { Newsworthy } from '../../src/library/news.ts';
import type { ShownBefore } from '../lib/changes.ts';
import { weekTold, weekToTell } from './weeks.ts';

/**
 * Pieces that first appeared on the site when the digest of their own week had already been written, as the transcript
 * of a talk often does: id → the day on which they appeared (YYYY-MM-DD). The next digest tells of them.
 */
export type Late = Record<string, string>;

/**
 * Returns the late pieces that this digest or a later one has to tell of.
 *
 * @param known - the late pieces after the previous publication
 * @param before - the entries that it showed
 * @param pieces - the pieces that are shown now
 */
export function lateAfter(
  known: Late,
  before: ShownBefore,
  pieces: readonly Newsworthy[],
  today: string,
): Late {
  const week = weekToTell(today);
  const late: Late = {};
  for (const piece of pieces) {
    const { id } = piece;
    const day = known[id];
    if (day !== undefined) {
      if (weekToTell(day) >= week) late[id] = day;
    } else if (
      before !== null &&
      before !== 'unknown' &&
      !Object.hasOwn(before, id) &&
      weekTold(piece) < week
    ) {
      late[id] = today;
    }
  }
  return late;
}

/** Returns the ids of the late pieces that the digest of a week tells of. */
export function lateIn(late: Late, week: string): string[] {
  return Object.keys(late).filter((id) => weekToTell(late[id]!) === week);
}
