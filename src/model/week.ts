/**
 * Dates are plain strings `YYYY-MM-DD`, days as they are in Asia/Shanghai; no time zone is applied to them.
 * Weeks are ISO 8601 weeks, `2026-W47`, Monday to Sunday.
 */
// From the year 1000 on: an earlier one is a slip, `0026`, and no week of it is written in four digits.
const DATE = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const WEEK = /^(\d{4})-W(\d{2})$/;
const DAY = 86_400_000;

/** The last day that can be written: up to it, nothing is still to come. */
export const LAST_DAY = '9999-12-31';

/** Whether a text is a day of the calendar: `2026-02-29` is none. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text;
}

/** Whether a text is a week that exists: `2026-W53` does, `2025-W53` does not. */
export function isWeek(text: string): boolean {
  const match = WEEK.exec(text);
  if (!match) return false;
  const monday = mondayOfWeek(Number(match[1]), Number(match[2]));
  return weekOf(dateOf(monday)) === text;
}

/** The ISO week of a day: `2026-11-22` ⇒ `2026-W47`. */
export function weekOf(date: string): string {
  // The year of a week is the year of its Thursday.
  const thursday = instantOf(date) + (4 - weekdayOf(date)) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/**
 * The seven days of a week, Monday first.
 * @throws RangeError when the text is no week
 */
export function daysOfWeek(week: string): string[] {
  const match = WEEK.exec(week);
  if (!match || !isWeek(week)) throw new RangeError(`not a week of the form YYYY-Www: ${week}`);
  const monday = mondayOfWeek(Number(match[1]), Number(match[2]));
  return Array.from({ length: 7 }, (_, index) => dateOf(monday + index * DAY));
}

/** Day of the week, Monday 1 to Sunday 7. */
export function weekdayOf(date: string): number {
  return new Date(instantOf(date)).getUTCDay() || 7;
}

/** The day some days later, or earlier when negative. */
export function addDays(date: string, days: number): string {
  return dateOf(instantOf(date) + days * DAY);
}

/** Which day it is in Asia/Shanghai (UTC+8 all year) at an instant. */
export function dayInShanghai(instant: Date): string {
  return dateOf(instant.getTime() + 8 * 3_600_000);
}

function instantOf(date: string): number {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) throw new RangeError(`not a date of the form YYYY-MM-DD: ${date}`);
  return at;
}

function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function mondayOfWeek(year: number, week: number): number {
  // January 4th is always in week 1.
  const fourth = `${String(year).padStart(4, '0')}-01-04`;
  return instantOf(fourth) + (1 - weekdayOf(fourth)) * DAY + (week - 1) * 7 * DAY;
}
