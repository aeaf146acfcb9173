import type { Component } from './component.ts';
import { section } from './section.ts';

/** The steps of a teardown, in the order in which each case must take them. */
export const TEARDOWN_STEPS = [
  { name: 'Background', required: true },
  { name: 'Goal', required: true },
  { name: 'Insight', required: true },
  { name: 'Mechanism', required: true },
  { name: 'Numbers', required: false },
  { name: 'Logic', required: true },
  { name: 'Copy', required: true },
  { name: 'Avoid', required: true },
] as const;

const WHAT = {
  Background: '背景：当时是什么情况',
  Goal: '目标：想做成什么',
  Insight: '洞察：看到了什么别人没看到的',
  Mechanism: '机制：具体怎么做的',
  Numbers: '数据：做成了多少',
  Logic: '底层逻辑：为什么能成',
  Copy: '可以照着做的',
  Avoid: '不要照着做的',
};

/** Components of a teardown. */
export const teardown: Component[] = TEARDOWN_STEPS.map(({ name }) => section(name, 'teardowns', WHAT[name]));
