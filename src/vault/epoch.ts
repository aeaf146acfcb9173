import { type Bytes, compare, fields, join, toHex, uint } from './bytes.ts';
import { deriveMacKey, importSource, mac } from './kdf.ts';

/** An issued token and a tier that it must no longer open, or (in the ledger) any tier that it ever opened. */
export interface Issued {
  id: string;
  serial: number;
  tier: string;
}

/**
 * Computes the epoch, 32 hex digits. It depends only on the secret and the set of revoked tokens, so that a removal
 * rotates the keys by itself and an addition changes nothing. An old epoch can return when an expired member renews,
 * but never one whose keys a revoked member holds: their token is in the set now and was not in it then. This holds
 * only while no tombstone is lost.
 *
 * @param revoked - in any order; duplicates count once.
 */
export async function epochOf(secret: Bytes, revoked: Issued[]): Promise<string> {
  const key = await deriveMacKey(await importSource(secret), 'jinghua v1 epoch');
  const sorted = revoked.map(({ id, serial, tier }) => fields(id, uint(serial, 4), tier)).sort(compare);
  const distinct = sorted.filter((entry, i) => i === 0 || compare(entry, sorted[i - 1]!) !== 0);
  return toHex((await mac(key, join(distinct))).subarray(0, 16));
}
