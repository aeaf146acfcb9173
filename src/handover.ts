import type { Card, Lists } from './catalogue.ts';
import type { FileHistory } from './history.ts';
import type { Example } from './preview/authoring/examples.ts';

/** What pages show at this moment. A new object each time that anything of it has changed. */
export interface Shown {
  cards: Card[];
  lists: Lists;
  /** What git knows of entries, by id. */
  histories: ReadonlyMap<string, FileHistory>;
}

const KEY = Symbol.for('jinghua.shown');
const EXAMPLES = Symbol.for('jinghua.examples');
const shared = globalThis as { [KEY]?: Shown; [EXAMPLES]?: Example[] };

/**
 * Hands the content from the code that loads it to the pages: they run in one process, but each has a copy of this
 * module of its own. Astro's content store would take half a second to notice a change, and seconds to write thousands
 * of cards.
 */
export function handOver(shown: Shown): void {
  shared[KEY] = shown;
}

/** What was handed over last. */
export function handedOver(): Shown | undefined {
  return shared[KEY];
}

/** The same way for the examples of the page that shows them. */
export function handOverExamples(examples: Example[]): void {
  shared[EXAMPLES] = examples;
}

/** What was handed over of them, none outside of a preview. */
export function handedOverExamples(): Example[] {
  return shared[EXAMPLES] ?? [];
}
