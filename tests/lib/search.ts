import type { PlainHost } from './plain-host.ts';
import type { Visitor } from './visitor.ts';

/**
 * Opens the search page without a query.
 *
 * @param token - lets in a visitor who isn't yet
 */
export async function openSearch(visitor: Visitor, host: PlainHost, token?: string): Promise<void> {
  await visitor.open(host.at('/search/') + (token === undefined ? '' : `#key=${token}`));
  await visitor.see('html[data-access="open"] [data-search-state="idle"] .search-status');
}
