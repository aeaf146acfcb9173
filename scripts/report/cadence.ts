import type { Form } from '../../src/model/form.ts';
import { addDays, daysOfWeek, weekOf } from '../../src/model/week.ts';
import type { Newsworthy } from '../../src/library/news.ts';
import type { Cadence } from '../../src/site.ts';

/** A form that is behind its plan. */
export interface Behind {
  form: Form;
  every: Cadence['every'];
  /** The week (`2026-W47`) or month (`2026-11`) in which pieces are missing. */
  period: string;
  /** How many pieces the period has, and how many it should have. */
  has: number;
  planned: number;
}

/**
 * Compares the published pieces with the plans, for the last complete period, and for the current one if its due day
 * has passed.
 */
export function behindPlan(
  pieces: readonly Newsworthy[],
  plans: readonly Cadence[],
  today: string,
): Behind[] {
  return plans.flatMap((plan) => {
    const current = periodOf(plan, today);
    const before = periodOf(plan, addDays(startOf(plan, today), -1));
    const due = plan.every === 'week' && plan.day !== undefined && today > daysOfWeek(current)[plan.day - 1]!;
    return [before, ...(due ? [current] : [])].flatMap((period) => {
      const has = pieces.filter(
        ({ form, date }) => form === plan.form && periodOf(plan, date) === period,
      ).length;
      if (has >= plan.least) return [];
      return [{ form: plan.form, every: plan.every, period, has, planned: plan.least }];
    });
  });
}

function periodOf({ every }: Cadence, date: string): string {
  return every === 'week' ? weekOf(date) : date.slice(0, 7);
}

/** Returns the first day of the period that contains `date`. */
function startOf({ every }: Cadence, date: string): string {
  return every === 'week' ? daysOfWeek(weekOf(date))[0]! : `${date.slice(0, 7)}-01`;
}
