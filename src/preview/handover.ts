import type { Card, Lists } from '../catalogue.ts';

/** What the preview's pages show at this moment. A new object each time that anything of it has changed. */
export interface Live {
  cards: Card[];
  lists: Lists;
}

const KEY = Symbol.for('jinghua.live');

/**
 * Hands the content from the server's own code to its pages: they run in one process, but Vite loads this module once
 * for each. Astro's content store would take half a second to notice a change, and seconds to write thousands of cards.
 */
export function handOver(live: Live): void {
  (globalThis as { [KEY]?: Live })[KEY] = live;
}

/** What was handed over last; undefined where this is no live preview. */
export function handedOver(): Live | undefined {
  return (globalThis as { [KEY]?: Live })[KEY];
}
