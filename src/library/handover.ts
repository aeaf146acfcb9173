import type { Card, Lists } from './catalogue.ts';
import type { FileHistory } from '../history.ts';

/** The content that pages show right now. Any change creates a new object. */
export interface Shown {
  cards: Card[];
  lists: Lists;
  /** Git history of entries, by id. */
  histories: ReadonlyMap<string, FileHistory>;
}

const KEY = Symbol.for('jinghua.shown');
const shared = globalThis as { [KEY]?: Shown };

/**
 * Passes the content from the code that loads it to the pages. Both run in one process, but each has its own copy of
 * this module, so the content is kept on `globalThis`. Astro's content store would take half a second to notice a
 * change, and seconds to write thousands of cards.
 */
export function handOver(shown: Shown): void {
  shared[KEY] = shown;
}

/** Returns the content that was handed over last. */
export function handedOver(): Shown | undefined {
  return shared[KEY];
}
