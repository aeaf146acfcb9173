import { expect, test } from 'vitest';
import { checkinDays, streakOf } from './days.ts';

test.each([
  ['no days', [], 0],
  ['today', ['2026-03-01'], 1],
  ['up to yesterday, with today still open', ['2026-02-27', '2026-02-28'], 2],
  ['across the end of a month', ['2026-02-27', '2026-02-28', '2026-03-01'], 3],
  ['only those after a gap', ['2026-02-26', '2026-02-28', '2026-03-01'], 2],
  ['none after a missed day', ['2026-02-26', '2026-02-27'], 0],
])('counts days in a row: %s', (_, days, streak) => {
  expect(streakOf(days, '2026-03-01')).toBe(streak);
});

test('a check-in has fourteen days, each read, missed, open or still ahead', () => {
  const days = checkinDays('2026-11-19', ['2026-11-18', '2026-11-19', '2026-11-21'], '2026-11-22');
  expect(days).toHaveLength(14);
  expect(days.slice(0, 5).map(({ state }) => state)).toEqual(['read', 'missed', 'read', 'open', 'ahead']);
  expect(days.at(-1)?.day).toBe('2026-12-02');
});
