import { texts } from '../../i18n/index.ts';

const { breakdown, discussion, digest, entry, talk, teardown } = texts;

/** Labels that components and footnotes add to a body, in the site's language. */
export const LABELS = {
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
  footnotes: entry.footnotes,
  backToText: entry.backToText,
  callouts: entry.callouts,
  day: digest.day,
} as const;
