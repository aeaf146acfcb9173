import { type Bytes, compare, concat, fields, toHex, uint } from './bytes.ts';
import { deriveMacKey, importSource, mac } from './kdf.ts';

/** An issued token and a tier: one that it must not open any more, or (in the ledger) any that it ever opened. */
export interface Issued {
  id: string;
  serial: number;
  tier: string;
}

/**
 * The epoch, 32 hex digits: follows from the set of revoked tokens alone, so that a removal rotates by itself and an
 * addition changes nothing. An old epoch may come back, when who had expired renews: but none whose keys somebody holds
 * that is revoked now, as their token was not in the set that it was made of. That takes all tombstones.
 *
 * @param revoked - in any order; one named twice counts once.
 */
export async function epochOf(secret: Bytes, revoked: Issued[]): Promise<string> {
  const key = await deriveMacKey(await importSource(secret), 'jinghua v1 epoch');
  const sorted = revoked.map(({ id, serial, tier }) => fields(id, uint(serial, 4), tier)).sort(compare);
  const distinct = sorted.filter((entry, i) => i === 0 || compare(entry, sorted[i - 1]!) !== 0);
  return toHex((await mac(key, concat(...distinct))).subarray(0, 16));
}
