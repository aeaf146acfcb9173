import type { Visitor } from './visitor.ts';

/**
 * Waits until a browser with the worker has taken along, in the background, what each build brings: the page that is
 * shown without a network, and what the reader keeps. Until then it asks the host for more than a test does.
 *
 * @param base - `/` or `/repo/`
 * @param build - the number of the build that it is to have come to; without one, of any
 */
export function keptUp(visitor: Visitor, base: string, build?: number): Promise<void> {
  return visitor.evaluate(
    async ({ key, number }) => {
      const hasKeptUp = () => {
        const kept = localStorage.getItem(key);
        return kept !== null && (number === undefined || kept === String(number));
      };
      while (!hasKeptUp()) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    { key: `jinghua ${base} kept-up`, number: build },
  );
}
