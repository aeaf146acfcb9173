import { breakdown } from './breakdown.ts';
import { chart } from './chart.ts';
import { common } from './common.ts';
import type { Component } from './component.ts';
import { digest } from './digest.ts';
import { discussion } from './discussion.ts';
import { talk } from './talk.ts';
import { teardown } from './teardown.ts';

/** All components that writers may use, by name. */
export const components: ReadonlyMap<string, Component> = new Map(
  [...common, chart, ...talk, ...breakdown, ...discussion, ...teardown, ...digest].map((component) => [
    component.name,
    component,
  ]),
);
