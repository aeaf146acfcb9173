import { expect, test } from 'vitest';
import { addDays, dayInShanghai, daysOfWeek, isDate, isWeek, weekdayOf, weekOf } from './week.ts';

test.each([
  ['2026-11-22', '2026-W47'],
  ['2026-11-23', '2026-W48'],
  ['2026-01-01', '2026-W01'],
  ['2027-01-01', '2026-W53'],
  ['2024-12-30', '2025-W01'],
  ['2021-01-03', '2020-W53'],
])('%s is in %s', (date, week) => {
  expect(weekOf(date)).toBe(week);
  expect(daysOfWeek(week)).toContain(date);
});

test('a week goes from Monday to Sunday', () => {
  expect(daysOfWeek('2026-W47')).toEqual([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
  ]);
  expect(daysOfWeek('2026-W47').map(weekdayOf)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('dates and weeks that do not exist are refused', () => {
  expect(
    ['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '0026-11-22', '2026-11-22T00:00'].filter(isDate),
  ).toEqual([]);
  expect(['2025-W53', '2026-W00', '2026-W54', '2026-w47', '2026-47'].filter(isWeek)).toEqual([]);
  expect(['2024-02-29', '2026-12-31'].filter(isDate)).toHaveLength(2);
  expect(() => daysOfWeek('2025-W53')).toThrow(RangeError);
});

test('the day changes at midnight in Shanghai', () => {
  expect(dayInShanghai(new Date('2026-11-21T15:59:59Z'))).toBe('2026-11-21');
  expect(dayInShanghai(new Date('2026-11-21T16:00:00Z'))).toBe('2026-11-22');
});

test('days are added across months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});
