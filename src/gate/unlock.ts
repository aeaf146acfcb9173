import { parseToken } from '../vault/token.ts';
import { unwrapAccess, type Refusal, type Unwrapped } from './access.ts';
import { tokenIn } from './key.ts';
import { readAccess, writeAccess } from './store.ts';

/** Why a token did not open the site; `storage`: it did, but this browser keeps nothing. */
export type UnlockRefusal = Refusal | { reason: 'mistyped' } | { reason: 'storage'; unwrapped: Unwrapped };

/**
 * Unlocks the site with a token or a link, and stores what it unwrapped. What was stored before is only replaced by
 * a token that opens.
 * @returns null when it is open
 */
export async function unlock(base: string, pasted: string): Promise<UnlockRefusal | null> {
  const token = parseToken(tokenIn(pasted));
  if (!token) return { reason: 'mistyped' };
  const stored = await readAccess(base).catch(() => undefined);
  // Another site may have stood at this address before; its builds say nothing about this one's.
  const seen = stored?.access.token.siteTag === token.siteTag ? stored.access.root : undefined;
  const unwrapped = await unwrapAccess(base, token, seen);
  if ('reason' in unwrapped) return unwrapped;
  try {
    await writeAccess(base, unwrapped.access, unwrapped.raw);
  } catch {
    return { reason: 'storage', unwrapped };
  }
  return null;
}
