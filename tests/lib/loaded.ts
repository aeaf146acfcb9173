import type { Visitor } from './visitor.ts';

/**
 * Waits until the page has its styles and has run its scripts: its elements are there before both. `readyState` alone
 * doesn't tell: a page that was written in place of its door is complete before its scripts are loaded.
 */
export function loaded(visitor: Visitor): Promise<void> {
  return visitor.evaluate(async () => {
    const isLoaded = () =>
      document.readyState === 'complete' &&
      // Only a page with a query loads that element's script.
      !document.querySelector(':not(:defined, search-highlight)') &&
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(({ sheet }) => sheet);
    while (!isLoaded()) await new Promise((resolve) => setTimeout(resolve, 50));
  }, null);
}
