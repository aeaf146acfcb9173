import { FACETS, type Chosen } from './facets.ts';

/** The request in the address of the search page: `?q=拉新&form=talks&year=2026&sort=date`. */
export interface Request {
  query: string;
  chosen: Chosen;
  byDate: boolean;
}

/** Reads the request from the current address. */
export function readAddress(): Request {
  const parameters = new URLSearchParams(location.search);
  const chosen: Chosen = {};
  for (const facet of FACETS) {
    const value = parameters.get(facet);
    if (value) chosen[facet] = value;
  }
  return { query: parameters.get('q')?.trim() ?? '', chosen, byDate: parameters.get('sort') === 'date' };
}

/** The address of a request, relative to the search page. */
export function addressOf({ query, chosen, byDate }: Request): string {
  const parameters = new URLSearchParams(query ? { q: query } : {});
  for (const facet of FACETS) {
    const value = chosen[facet];
    if (value !== undefined) parameters.set(facet, value);
  }
  if (byDate) parameters.set('sort', 'date');
  const search = parameters.toString();
  return search ? `?${search}` : location.pathname;
}
