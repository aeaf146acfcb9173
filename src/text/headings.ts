import { texts } from '../i18n/index.ts';
import type { BlockName } from '../markdown/content.ts';

const { breakdown, discussion, talk, teardown } = texts;

/** Headings of the components that have a fixed one, in the site's language. */
export const HEADINGS = {
  Takeaways: talk.takeaways,
  Framework: breakdown.framework,
  Apply: breakdown.apply,
  Agreement: discussion.agreement,
  Disagreement: discussion.disagreement,
  Open: discussion.open,
  Try: discussion.try,
  Background: teardown.steps.background,
  Goal: teardown.steps.goal,
  Insight: teardown.steps.insight,
  Mechanism: teardown.steps.mechanism,
  Numbers: teardown.steps.numbers,
  Logic: teardown.steps.logic,
  Copy: teardown.steps.copy,
  Avoid: teardown.steps.avoid,
} as const;

/** Returns the heading of a component with a fixed one, otherwise an empty string. */
export function headingOf(component: BlockName): string {
  const headings: Partial<Record<BlockName, string>> = HEADINGS;
  return headings[component] ?? '';
}
