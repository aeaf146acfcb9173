import { button, create } from '../../elements/dom.ts';
import { readLocal, writeLocal } from '../../storage.ts';
import type { SearchTexts } from './texts.ts';

/** Recent searches on this device, newest first. They are kept nowhere else. */

const KEY = 'recent-searches';
const MOST = 8;

/** The recent queries as buttons, with a button that forgets them; empty when there are none. */
export function recentChoices(texts: SearchTexts, choose: (query: string) => void): HTMLElement[] {
  const queries = recentSearches();
  if (queries.length === 0) return [];
  const list = create('div', { class: 'search-recent' }, create('span', {}, texts.recent));
  list.append(...queries.map((query) => button(query, 'search-choice', () => choose(query))));
  const forget = button(texts.clearRecent, 'search-clear', () => {
    store([]);
    list.closest('search-dialog, search-results')?.querySelector('input')?.focus();
    list.remove();
  });
  list.append(forget);
  return [list];
}

function recentSearches(): string[] {
  const stored = readLocal(KEY);
  return Array.isArray(stored) ? stored.filter((query) => typeof query === 'string').slice(0, MOST) : [];
}

/** Moves a query to the head of the recent ones. */
export function rememberSearch(query: string): void {
  store([query, ...recentSearches().filter((other) => other !== query)].slice(0, MOST));
}

function store(queries: string[]): void {
  writeLocal(KEY, queries);
}
