// Loaded only when a key is to be checked: most doors just look whether an access is stored.
import { parseRoot } from '../vault/root.ts';
import { parseToken } from '../vault/token.ts';
import { renewAccess, unwrapAccess, type Refusal } from './access.ts';
import { tokenIn } from './key.ts';
import { isSameToken } from './link.ts';
import { readAccess, readEnded, writeAccess, writeEnded, type Unwrapped } from './store.ts';

/**
 * Why a token did not open the site. `storage`: it did, but this browser stores nothing. `other`: it would, but another
 * token is in force here, and only the member may replace it.
 */
export type UnlockRefusal =
  Refusal | { reason: 'mistyped' | 'other' } | { reason: 'storage'; unwrapped: Unwrapped };

/**
 * Unlocks the site with a token or a link, and stores the access. A stored one is only replaced by a token that opens.
 *
 * @param isAsked - whether the member has asked to replace any stored token; a link doesn't count as such a request,
 *   because anybody can send one
 * @returns null when the site is open
 */
export async function unlock(base: string, pasted: string, isAsked: boolean): Promise<UnlockRefusal | null> {
  const token = parseToken(tokenIn(pasted));
  if (!token) return { reason: 'mistyped' };
  const held = (await readAccess(base).catch(() => undefined)) ?? (await readEndedAccess(base));
  // If another site was at this address before, its build numbers say nothing about this one's.
  const seen = held?.access.token.siteTag === token.siteTag ? held.access.root : undefined;
  const unwrapped = await unwrapAccess(base, token, seen);
  if ('reason' in unwrapped) return unwrapped;
  if (!isAsked && held && (await isInForce(base, held, unwrapped))) return { reason: 'other' };
  return store(base, unwrapped);
}

/**
 * Asks the host whether a membership that ended has been renewed, and if so unlocks the site with it.
 * @returns null when it was renewed and is open; undefined when none has ended here
 */
export async function reopen(base: string): Promise<UnlockRefusal | null | undefined> {
  const ended = await readEnded(base);
  if (!ended) return undefined;
  const renewed = await renewAccess(base, ended.held);
  if (!('reason' in renewed)) return store(base, renewed);
  if (!('date' in renewed)) {
    if (renewed.reason === 'offline') askAgain(base, ended.held).catch(() => undefined);
    return ended.notice;
  }
  await writeEnded(base, renewed, ended.held).catch(() => undefined);
  return renewed;
}

/** Asks again until the host can be reached, and then loads the door again. */
async function askAgain(base: string, ended: Unwrapped): Promise<void> {
  const { retry } = await import('./offline/retry.ts');
  retry(async () => {
    const renewed = await renewAccess(base, ended);
    if ('reason' in renewed && renewed.reason === 'offline') return false;
    // The member may have begun to enter a link.
    if (document.querySelector<HTMLInputElement>('[name=token]')?.value === '') location.reload();
    return true;
  });
}

async function store(base: string, unwrapped: Unwrapped): Promise<UnlockRefusal | null> {
  // Another tab may have seen a newer build while the host held back its answer to this one.
  const stored = (await readAccess(base).catch(() => undefined))?.access;
  const isOfSite = stored?.token.siteTag === unwrapped.access.token.siteTag;
  if (stored && isOfSite && parseRoot(stored.root).build > parseRoot(unwrapped.access.root).build)
    return { reason: 'broken' };
  try {
    await writeAccess(base, unwrapped);
    return null;
  } catch {
    return { reason: 'storage', unwrapped };
  }
}

async function isInForce(base: string, held: Unwrapped, newer: Unwrapped): Promise<boolean> {
  if (await isSameToken(held.access.token, newer.access.token)) return false;
  const renewed = await renewAccess(base, held);
  if (!('reason' in renewed)) return true;
  // If the host can't be asked now, a stored token with keys stays in force.
  return held.access.keys.length > 0 && (renewed.reason === 'offline' || renewed.reason === 'broken');
}

async function readEndedAccess(base: string): Promise<Unwrapped | undefined> {
  return (await readEnded(base).catch(() => undefined))?.held;
}
