import { parseToken } from '../vault/token.ts';
import { unwrapAccess, type Refusal } from './access.ts';
import type { Unwrapped } from './store.ts';
import { readVisit, writeVisit } from './tab.ts';

/**
 * Keeps a token for this visit, that is while the tab is open, in a browser that refuses IndexedDB.
 * @returns false when it refuses this too: then the token lasts for this page only.
 */
export function keepVisit({ access, raw }: Unwrapped): boolean {
  return (
    raw !== undefined && writeVisit({ token: raw.token.text, root: new TextDecoder().decode(access.root) })
  );
}

/** Unwraps the keys of the token kept for this visit, if there is one. */
export async function resumeVisit(base: string): Promise<Unwrapped | Refusal | undefined> {
  const visit = readVisit();
  const token = visit && parseToken(visit.token);
  return token ? unwrapAccess(base, token, new TextEncoder().encode(visit.root)) : undefined;
}
