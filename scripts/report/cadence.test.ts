import { expect, test } from 'vitest';
import type { Newsworthy } from '../../src/library/news.ts';
import type { Cadence } from '../../src/site.ts';
import { behindPlan } from './cadence.ts';

const plans: Cadence[] = [
  { form: 'talks', every: 'month', least: 1 },
  { form: 'discussions', every: 'week', least: 1, day: 2 },
];
const piece = (form: string, date: string) => ({ form, date }) as Newsworthy;
const behind = (pieces: Newsworthy[], today: string) =>
  behindPlan(pieces, plans, today).map(({ form, period, has }) => [form, period, has]);

test('checks the last complete month and week', () => {
  expect(behind([], '2026-11-23')).toEqual([
    ['talks', '2026-10', 0],
    ['discussions', '2026-W47', 0],
  ]);
  expect(behind([piece('talks', '2026-10-31'), piece('discussions', '2026-11-22')], '2026-11-23')).toEqual(
    [],
  );
});

test('asks for this week’s discussion once its Tuesday has passed', () => {
  const before = [piece('talks', '2026-10-01'), piece('discussions', '2026-11-17')];
  expect(behind(before, '2026-11-24')).toEqual([]);
  expect(behind(before, '2026-11-25')).toEqual([['discussions', '2026-W48', 0]]);
});

test('looks back over the turn of a year', () => {
  expect(behind([], '2027-01-01')).toContainEqual(['talks', '2026-12', 0]);
  expect(behind([], '2027-01-01')).toContainEqual(['discussions', '2026-W52', 0]);
});
