import type { Card, Lists } from '../catalogue.ts';
import type { Example } from './authoring/examples.ts';

/** What the preview's pages show at this moment. A new object each time that anything of it has changed. */
export interface Live {
  cards: Card[];
  lists: Lists;
}

const KEY = Symbol.for('jinghua.live');
const EXAMPLES = Symbol.for('jinghua.examples');
const shared = globalThis as { [KEY]?: Live; [EXAMPLES]?: Example[] };

/**
 * Hands the content from the server's own code to its pages: they run in one process, but Vite loads this module once
 * for each. Astro's content store would take half a second to notice a change, and seconds to write thousands of cards.
 */
export function handOver(live: Live): void {
  shared[KEY] = live;
}

/** What was handed over last; undefined where this is no live preview. */
export function handedOver(): Live | undefined {
  return shared[KEY];
}

/** The same way for the examples of the page that shows them. */
export function handOverExamples(examples: Example[]): void {
  shared[EXAMPLES] = examples;
}

export function handedOverExamples(): Example[] {
  return shared[EXAMPLES] ?? [];
}
