const YEAR = '(?<year>(?:19|20)\\d\\d)';
const MONTH = '(?<month>0?[1-9]|1[0-2])';
const DAY = '(?<day>0?[1-9]|[12]\\d|3[01])';
const DATES = [
  new RegExp(`^${YEAR}([./-])${MONTH}(?:\\2${DAY})?$`),
  new RegExp(`^(?:${YEAR}年)?${MONTH}月${DAY}[日号]$`),
  new RegExp(`^${YEAR}年${MONTH}月(?:份)?$`),
];

/**
 * Reads a query as a day or a month, as pages and results show it or as people write it.
 *
 * `2026.11.10`, `2026年11月10日` ⇒ 2026-11-10; `2026-11` ⇒ November of that year; `11月10日` ⇒ that day in any year. A
 * year alone is not a date: there is a filter for it.
 *
 * @param typed - folded
 * @returns a regular expression that matches the dates (YYYY-MM-DD) meant
 */
export function datesOf(typed: string): RegExp | undefined {
  for (const pattern of DATES) {
    const { groups } = pattern.exec(typed) ?? {};
    if (!groups) continue;
    const { year = '....', month = '', day = '..' } = groups;
    return new RegExp(`^${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}$`);
  }
  return undefined;
}
