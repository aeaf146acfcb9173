import { parseToken } from '../vault/token.ts';
import { unwrapAccess, type Refusal, type Unwrapped } from './access.ts';

const key = (base: string) => `gate ${base}`;

interface StoredVisit {
  token: string;
  /** The newest `root` seen. */
  root: string;
}

/** Whether a token was kept for this visit, which is as long as the tab is open. */
export function hasVisit(base: string): boolean {
  return readStored(base) !== null;
}

/**
 * Keeps a token for this visit, where the browser refuses IndexedDB.
 * @returns false where it refuses this too: then it is good for this page only.
 */
export function keepVisit(base: string, { access, raw }: Unwrapped): boolean {
  if (!raw) return false;
  const stored: StoredVisit = { token: raw.token.text, root: new TextDecoder().decode(access.root) };
  try {
    sessionStorage.setItem(key(base), JSON.stringify(stored));
    return true;
  } catch {
    return false;
  }
}

/** Unwraps the keys of the token kept for this visit, if there is one. */
export async function resumeVisit(base: string): Promise<Unwrapped | Refusal | undefined> {
  try {
    const { token, root } = JSON.parse(readStored(base) ?? '') as StoredVisit;
    return await unwrapAccess(base, parseToken(token)!, new TextEncoder().encode(root));
  } catch {
    return undefined;
  }
}

/** Keeps nothing of this visit. */
export function forgetVisit(base: string): void {
  try {
    sessionStorage.removeItem(key(base));
  } catch {
    // Then nothing was kept either.
  }
}

function readStored(base: string): string | null {
  try {
    return sessionStorage.getItem(key(base));
  } catch {
    return null;
  }
}
