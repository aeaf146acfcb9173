import { inBatches } from '../../src/vault/batches.ts';
import {
  importToken,
  issueToken,
  keyStoreShardOf,
  objectAddress,
  openRecord,
  parseToken,
  type Bytes,
  type KeyRecord,
  type Root,
} from '../../src/vault/index.ts';
import type { Membership } from './membership.ts';

/** A site as it was published last. */
export interface Published {
  root: Root;
  /** Gives the file at a path of it, or null where there is none. */
  read: (path: string) => Promise<Bytes | null>;
}

/**
 * Lets no membership expire before the day of the last build that let its member in: a browser that was let in on that
 * day would take an earlier end for an old notice that a host shows again (src/gate/access.ts). So an expiry that was
 * put back by hand is told as of that day, and stays so in the builds to come.
 */
export async function settleEnds(
  membership: Membership,
  secret: Bytes,
  { root, read }: Published,
): Promise<Membership> {
  const shards = new Map<string, Promise<Bytes | null>>();
  const lastSaid = async (id: string, serial: number): Promise<KeyRecord | null> => {
    const token = await importToken(parseToken(await issueToken(secret, id, serial))!);
    const name = root.keystore[await keyStoreShardOf(token, root.epoch, root.keystore.length)]!;
    const reading = shards.get(name) ?? read(objectAddress(name));
    shards.set(name, reading);
    const shard = await reading;
    // What a host has spoilt says nothing; the next build replaces it.
    return shard && openRecord(token, root.epoch, shard).catch(() => null);
  };
  const tokens = await inBatches(membership.tokens, 64, async (token) => {
    if (token.state !== 'expired' || token.date >= root.date) return token;
    const said = await lastSaid(token.id, token.serial);
    if (!said) return token;
    const end = 'keys' in said ? root.date : said.date;
    return end > token.date ? { ...token, date: end } : token;
  });
  return { ...membership, tokens };
}
