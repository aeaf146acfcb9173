import { type Bytes, toHex } from './bytes.ts';
import { derive, deriveMacKey, importMacKey, importSource, infoOf } from './kdf.ts';
import { NO_SALT, type Primitives, webPrimitives } from './primitives.ts';

export const KEY_SIZE = 32;
const LOOKUP_LABEL = 'jinghua v1 lookup';

/** The keys that a member of a tier holds: 32 raw bytes each, as the key store has them. */
export interface TierKeys {
  tier: string;
  /** 32 hex digits. */
  epoch: string;
  content: Bytes;
  name: Bytes;
  table: Bytes;
}

/** The same keys imported as non-extractable: IndexedDB can store them, and scripts can't read their bytes. */
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

/** The build's keys of a tier. The salt and media keys never leave the build; `reader` opens what these keys seal. */
export interface TierSecrets extends TierKeys {
  reader: ReaderKeys;
  lookup: Bytes;
  salt: Bytes;
  media: Bytes;
  mediaSalt: Bytes;
  /** The cryptography that seals with these keys. */
  primitives: Primitives;
}

/**
 * Derives all keys of a tier in an epoch. The media keys stay the same in every epoch.
 *
 * @param primitives - seals in place of WebCrypto where a faster library is at hand; the bytes are the same.
 */
export async function deriveTierKeys(
  secret: Bytes,
  tier: string,
  epoch: string,
  primitives: Primitives = webPrimitives,
): Promise<TierSecrets> {
  const keyOf = async (source: Bytes, label: string, ...context: string[]) =>
    primitives.hkdf(source, KEY_SIZE, NO_SALT, infoOf(label, ...context));
  const keys = {
    tier,
    epoch,
    content: await keyOf(secret, 'jinghua v1 tier content', tier, epoch),
    name: await keyOf(secret, 'jinghua v1 tier name', tier, epoch),
    table: await keyOf(secret, 'jinghua v1 tier table', tier, epoch),
  };
  return {
    ...keys,
    reader: await importTierKeys(keys),
    lookup: await keyOf(keys.table, LOOKUP_LABEL),
    salt: await keyOf(secret, 'jinghua v1 tier salt', tier, epoch),
    media: await keyOf(secret, 'jinghua v1 media', tier),
    mediaSalt: await keyOf(secret, 'jinghua v1 media salt', tier),
    primitives,
  };
}

/** Imports a tier's raw keys as non-extractable ones, and derives the key id and the lookup and root keys. */
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
    lookup: await deriveMacKey(table, LOOKUP_LABEL),
    root: await deriveMacKey(table, 'jinghua v1 root'),
  };
}
