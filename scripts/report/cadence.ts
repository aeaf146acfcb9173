import type { Form } from '../../src/model/form.ts';
import { addDays, daysOfWeek, weekOf } from '../../src/model/week.ts';
import type { Newsworthy } from '../../src/news.ts';
import type { Cadence } from '../../src/site.ts';

/** A plan that is behind. */
export interface Behind {
  form: Form;
  every: Cadence['every'];
  /** The week (`2026-W47`) or month (`2026-11`) in which something is missing. */
  period: string;
  /** How many pieces it has, and how many it should have. */
  has: number;
  planned: number;
}

/**
 * Holds what was published against the plan: the period that ended last, and the one under way once the day on which
 * it is due has passed.
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

/** The first day of the period in which `date` lies. */
function startOf({ every }: Cadence, date: string): string {
  return every === 'week' ? daysOfWeek(weekOf(date))[0]! : `${date.slice(0, 7)}-01`;
}
