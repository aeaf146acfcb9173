import type { Newsworthy } from '../../src/library/news.ts';
import { addDays, weekOf } from '../../src/model/week.ts';

/** Returns the week to report on `today` (YYYY-MM-DD). On a Monday that is the week that has just ended. */
export function weekToTell(today: string): string {
  return weekOf(addDays(today, -1));
}

/** Returns the week whose letter tells of a piece. That of a digest may be written on the Monday after its week. */
export function weekTold(piece: Newsworthy): string {
  if (piece.form !== 'digests') return weekOf(piece.date);
  const written = weekToTell(piece.date);
  return piece.data.week > written ? piece.data.week : written;
}
