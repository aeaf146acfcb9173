import { type Bytes, toHex } from './bytes.ts';
import { derive, deriveMacKey, importMacKey, importSource } from './kdf.ts';

export const KEY_SIZE = 32;

/** What a member of a tier holds, as raw bytes out of the key store. */
export interface TierKeys {
  tier: string;
  /** 32 hex digits. */
  epoch: string;
  content: Bytes;
  name: Bytes;
  table: Bytes;
}

/** The same, imported: can be stored in IndexedDB and not be read from it. */
export interface ReaderKeys {
  tier: string;
  epoch: string;
  /** 16 hex digits; the key of `Root.tables`. */
  keyId: string;
  content: CryptoKey;
  name: CryptoKey;
  table: CryptoKey;
  lookup: CryptoKey;
  root: CryptoKey;
}

/** What the build holds of a tier. The salt and media keys never leave it; `reader` opens what this seals. */
export interface TierSecrets extends TierKeys {
  reader: ReaderKeys;
  salt: CryptoKey;
  media: CryptoKey;
  mediaSalt: CryptoKey;
}

/** All keys of a tier in an epoch; those of media stay the same from epoch to epoch. */
export async function deriveTierKeys(secret: Bytes, tier: string, epoch: string): Promise<TierSecrets> {
  const source = await importSource(secret);
  const keys = {
    tier,
    epoch,
    content: await derive(source, KEY_SIZE, 'jinghua v1 tier content', tier, epoch),
    name: await derive(source, KEY_SIZE, 'jinghua v1 tier name', tier, epoch),
    table: await derive(source, KEY_SIZE, 'jinghua v1 tier table', tier, epoch),
  };
  return {
    ...keys,
    reader: await importTierKeys(keys),
    salt: await deriveMacKey(source, 'jinghua v1 tier salt', tier, epoch),
    media: await importSource(await derive(source, KEY_SIZE, 'jinghua v1 media', tier)),
    mediaSalt: await deriveMacKey(source, 'jinghua v1 media salt', tier),
  };
}

/** A tier's raw keys as keys that can't be exported. */
export async function importTierKeys(keys: TierKeys): Promise<ReaderKeys> {
  const content = await importSource(keys.content);
  const table = await importSource(keys.table);
  return {
    tier: keys.tier,
    epoch: keys.epoch,
    keyId: toHex(await derive(content, 8, 'jinghua v1 key id')),
    content,
    name: await importMacKey(keys.name),
    table,
    lookup: await deriveMacKey(table, 'jinghua v1 lookup'),
    root: await deriveMacKey(table, 'jinghua v1 root'),
  };
}
