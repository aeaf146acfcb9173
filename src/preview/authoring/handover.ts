import type { Example } from './examples.ts';

const KEY = Symbol.for('jinghua.examples');
const shared = globalThis as { [KEY]?: Example[] };

/** Passes the component examples to the page that shows them, as the library passes the content. */
export function handOverExamples(examples: Example[]): void {
  shared[KEY] = examples;
}

/** Returns the examples that were handed over last. */
export function handedOverExamples(): Example[] {
  return shared[KEY] ?? [];
}
