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

/** The site as it was published last. */
export interface Published {
  root: Root;
  /** Returns the file at a path of the site, or null if there is none. */
  read: (path: string) => Promise<Bytes | null>;
}

/**
 * Moves the end of a membership to the last day on which a published build let the member in, if the end is before it.
 * A browser that was let in on that day would take an earlier end for an old notice replayed by the host
 * (src/gate/access.ts). So an expiry that was set back by hand counts from that day, in all later builds too. Prints a
 * warning for a member whom that build let in: perhaps they were renewed in a newer copy of members.yaml than this.
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
    // A damaged record states nothing; the next build replaces it.
    return shard && openRecord(token, root.epoch, shard).catch(() => null);
  };
  const tokens = await inBatches(membership.tokens, 64, async (token) => {
    if (token.state !== 'expired' || token.date >= root.date) return token;
    const said = await lastSaid(token.id, token.serial);
    if (!said) return token;
    if ('keys' in said) {
      console.warn(
        `members: "${token.id}" expired on ${token.date} according to the members file, but the last build, of ${root.date}, let them in; they are shut out now. If somebody renewed them, this is an old copy of the file.`,
      );
    }
    const end = 'keys' in said ? root.date : said.date;
    return end > token.date ? { ...token, date: end } : token;
  });
  return { ...membership, tokens };
}
