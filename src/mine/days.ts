import { addDays } from '../model/week.ts';

/** The number of days of a check-in. */
export const CHECKIN_DAYS = 14;

/** The number of consecutive days of reading up to today, or up to yesterday if nothing was read today yet. */
export function streakOf(days: readonly string[], today: string): number {
  const read = new Set(days);
  let day = read.has(today) ? today : addDays(today, -1);
  let streak = 0;
  while (read.has(day)) {
    streak++;
    day = addDays(day, -1);
  }
  return streak;
}

/** The days of a check-in: read, missed, today's still open, or to come. */
export function checkinDays(
  start: string,
  days: readonly string[],
  today: string,
): { day: string; state: 'read' | 'missed' | 'open' | 'ahead' }[] {
  return Array.from({ length: CHECKIN_DAYS }, (_, index) => {
    const day = addDays(start, index);
    if (days.includes(day)) return { day, state: 'read' };
    return { day, state: day < today ? 'missed' : day === today ? 'open' : 'ahead' };
  });
}
