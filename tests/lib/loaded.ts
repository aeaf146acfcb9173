import type { Visitor } from './visitor.ts';

/** Waits until the page has loaded all its resources: its elements are there before its style sheets are. */
export function loaded(visitor: Visitor): Promise<void> {
  return visitor.evaluate(async () => {
    while (document.readyState !== 'complete') {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, null);
}
