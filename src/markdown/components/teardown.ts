import type { Component } from './component.ts';
import { section } from './section.ts';

/** The steps of a teardown, in the order that every case must follow. */
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
  Background: ['背景：当时是什么情况', '线上群沉默，想见一面。'],
  Goal: ['目标：想做成什么', '四十个人，每人认识三个新朋友。'],
  Insight: ['洞察：看到了什么别人没看到的', '人多的时候没人说话，六个人一桌刚好。'],
  Mechanism: ['机制：具体怎么做的', '六人一桌，每二十分钟换两个人。'],
  Numbers: ['数据：做成了多少', '| 事情 | 人数 |\n| --- | ---: |\n| 到场 | 38 |\n| 一个月后还在联系 | 21 |'],
  Logic: ['底层逻辑：为什么能成', '熟人带来安全感，换人带来新鲜感。'],
  Copy: ['可以照着做的', '先排座位，再发邀请。'],
  Avoid: ['不要照着做的', '不要请嘉宾上台讲。'],
} as const;

/** Components of a teardown. */
export const teardown: Component[] = TEARDOWN_STEPS.map(({ name }) => {
  const [what, inside] = WHAT[name];
  return section(name, 'teardowns', what, inside);
});
