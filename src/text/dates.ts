import { texts } from '../i18n/index.ts';
import { site } from '../site.ts';

/** Formats a day in the site's language: `2026-11-22` ⇒ 2026 年 11 月 22 日 or November 22, 2026. */
export function longDate(date: string): string {
  if (site.language !== 'zh-CN') return format(date, { dateStyle: 'long' });
  const [year = '', month, day] = date.split('-');
  return `${year} 年 ${Number(month)} 月 ${Number(day)} 日`;
}

/** Formats a day short: `2026-11-22` ⇒ 2026.11.22 or Nov 22, 2026. */
export function shortDate(date: string): string {
  return site.language === 'zh-CN' ? date.replaceAll('-', '.') : format(date, { dateStyle: 'medium' });
}

/** Formats a day without its year: `2026-11-22` ⇒ 11.22 or Nov 22. */
export function monthDay(date: string): string {
  return site.language === 'zh-CN'
    ? shortDate(date).slice(5)
    : format(date, { month: 'short', day: 'numeric' });
}

/** Returns the name of the weekday in the site's language: 星期日, Sunday; or a short one: 周日, Sun. */
export function weekday(date: string, width: 'long' | 'short' = 'long'): string {
  return format(date, { weekday: width });
}

/**
 * Formats an ISO week in the site's language: `2026-W47` ⇒ 2026 年第 47 周.
 *
 * @param beside - a year that is already shown next to it: a week of that year is then just 第 47 周
 */
export function weekName(week: string, beside?: string): string {
  const [year = '', number = ''] = week.split('-W');
  const which = String(Number(number));
  return year === beside ? texts.weekOfYear(which) : texts.week(year, which);
}

/** Formats a month in the site's language: `2026-11` ⇒ 2026 年 11 月. */
export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return texts.month(year, String(Number(number)));
}

function format(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(site.language, { ...options, timeZone: 'UTC' }).format(new Date(date));
}
