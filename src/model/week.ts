/**
 * Dates are plain strings `YYYY-MM-DD` in Asia/Shanghai; no time zone conversion is applied to them. Weeks are ISO 8601
 * weeks, `2026-W47`, Monday to Sunday.
 */
// Years start at 1000: an earlier one is a typo such as `0026`, and its weeks would have no four-digit year.
const DATE = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const WEEK = /^(\d{4})-W(\d{2})$/;
const DAY = 86_400_000;

/** The last day that can be written. As a build's date it makes every entry current. */
export const LAST_DAY = '9999-12-31';

/** Whether a text is a calendar day; `2026-02-29` isn't. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text;
}

/** Whether a text is an existing ISO week: `2026-W53` is, `2025-W53` isn't. */
export function isWeek(text: string): boolean {
  const match = WEEK.exec(text);
  if (!match) return false;
  const monday = mondayOfWeek(Number(match[1]), Number(match[2]));
  return weekOf(dateOf(monday)) === text;
}

/** Returns the ISO week of a day: `2026-11-22` ⇒ `2026-W47`. */
export function weekOf(date: string): string {
  // A week belongs to the year of its Thursday (ISO 8601).
  const thursday = instantOf(date) + (4 - weekdayOf(date)) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/**
 * Returns the seven days of a week, Monday first.
 * @throws RangeError when the text isn't a week
 */
export function daysOfWeek(week: string): string[] {
  const match = WEEK.exec(week);
  if (!match || !isWeek(week)) throw new RangeError(`not a week of the form YYYY-Www: ${week}`);
  const monday = mondayOfWeek(Number(match[1]), Number(match[2]));
  return Array.from({ length: 7 }, (_, index) => dateOf(monday + index * DAY));
}

/** Returns the day of the week, from 1 (Monday) to 7 (Sunday). */
export function weekdayOf(date: string): number {
  return new Date(instantOf(date)).getUTCDay() || 7;
}

/** Returns the day `days` days later, or earlier if negative. */
export function addDays(date: string, days: number): string {
  return dateOf(instantOf(date) + days * DAY);
}

/** Returns the day in Asia/Shanghai (UTC+8 all year) at an instant. */
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
