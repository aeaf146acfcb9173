/** What this device searched lately, newest first; kept nowhere else. */

const KEY = 'recent-searches';
const MOST = 8;

export function recentSearches(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((query) => typeof query === 'string').slice(0, MOST) : [];
  } catch {
    // Storage is refused or holds something else: nothing is remembered.
    return [];
  }
}

export function rememberSearch(query: string): void {
  store([query, ...recentSearches().filter((other) => other !== query)].slice(0, MOST));
}

export function forgetSearches(): void {
  store([]);
}

function store(queries: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // Private windows refuse storage.
  }
}
