import { type Bytes, fromUtf8, toHex, utf8 } from './bytes.ts';
import { KIND } from './cipher.ts';
import { decompress } from './compression.ts';
import { isDateShaped } from './date.ts';
import { ENCODING, openEnvelope, sealEnvelope, type SealingKeys } from './envelope.ts';
import type { Issued } from './epoch.ts';
import { importMacKey, importSource, infoOf } from './kdf.ts';
import { KEY_SIZE } from './keys.ts';
import type { SealedFile } from './name.ts';
import { powerOfTwo } from './padding.ts';
import { NO_SALT, webPrimitives } from './primitives.ts';

const PLACE = { kind: KIND.ledger, path: 'ledger' };
const LEAST = 4096;

/** A tier that an issued token opens or once opened, and the day (YYYY-MM-DD) from which it no longer opens it. */
export interface LedgerLine extends Issued {
  removed?: string;
}

/**
 * Seals the list of all tokens ever issued, for the operator alone. It holds no token; it shows whose tombstone got
 * lost. It is padded to a power of two, so that it reveals no more about the number of members than the key store does.
 *
 * @param issued - in any order.
 */
export async function sealLedger(secret: Bytes, issued: LedgerLine[]): Promise<SealedFile> {
  const keys = await ledgerKeys(secret);
  const rows = issued
    .map(({ id, serial, tier, removed }): Row => [id, serial, tier, removed ?? null])
    .sort(byIdAndSerial);
  const plain = utf8(JSON.stringify(rows));
  const packed = await keys.primitives.compress(plain);
  return sealEnvelope(
    keys,
    PLACE,
    {
      encoding: ENCODING.deflate,
      size: plain.length,
      packed: packed.length,
      segmentSize: 0,
      type: 'application/json',
    },
    packed,
    powerOfTwo(Math.max(LEAST, packed.length)),
  );
}

/**
 * Opens a file made by {@link sealLedger}.
 *
 * @returns null when it was sealed with another secret.
 * @throws Error when it is malformed, altered, or not the file of this name.
 */
export async function openLedger(secret: Bytes, file: SealedFile): Promise<LedgerLine[] | null> {
  const { keyId, content, name } = await ledgerKeys(secret);
  const keys = { keyId, content: await importSource(content), name: await importMacKey(name) };
  const opened = await openEnvelope(keys, PLACE, file);
  if (!opened) return null;
  const rows: unknown = JSON.parse(fromUtf8(await decompress(opened.body, opened.header.size)));
  if (!Array.isArray(rows)) throw new Error('ledger is no list');
  return rows.map(readRow);
}

type Row = readonly [id: string, serial: number, tier: string, removed: string | null];

function readRow(row: unknown): LedgerLine {
  if (!Array.isArray(row) || row.length !== 4) throw new Error('ledger row is malformed');
  const [id, serial, tier, removed] = row as unknown[];
  if (typeof id !== 'string' || !Number.isSafeInteger(serial) || typeof tier !== 'string') {
    throw new Error('ledger row is malformed');
  }
  if (removed !== null && !isDateShaped(removed)) throw new Error('ledger row is malformed');
  return { id, serial: serial as number, tier, ...(removed !== null && { removed }) };
}

function byIdAndSerial([idA, serialA, tierA]: Row, [idB, serialB, tierB]: Row): number {
  if (idA !== idB) return idA < idB ? -1 : 1;
  if (serialA !== serialB) return serialA - serialB;
  return tierA < tierB ? -1 : Number(tierA > tierB);
}

/** Derives the keys that seal the ledger; they depend on the secret alone. */
export async function ledgerKeys(secret: Bytes): Promise<SealingKeys> {
  const { hkdf } = webPrimitives;
  const content = await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 ledger content'));
  return {
    keyId: toHex(await hkdf(content, 8, NO_SALT, infoOf('jinghua v1 key id'))),
    content,
    name: await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 ledger name')),
    salt: await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 ledger salt')),
    primitives: webPrimitives,
  };
}
