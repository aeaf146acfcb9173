import { type Bytes, fromUtf8, toHex, utf8 } from './bytes.ts';
import { KIND } from './cipher.ts';
import { compress, decompress } from './compression.ts';
import { ENCODING, openEnvelope, sealEnvelope, type SealingKeys } from './envelope.ts';
import type { Issued } from './epoch.ts';
import { derive, deriveMacKey, importSource } from './kdf.ts';
import type { SealedFile } from './name.ts';
import { powerOfTwo } from './padding.ts';

const PLACE = { kind: KIND.ledger, path: 'ledger' };
const LEAST = 4096;

/** A token that was issued, and since when (YYYY-MM-DD) it opens nothing any more because its member was removed. */
export interface LedgerLine extends Issued {
  removed?: string;
}

/**
 * Seals the list of all tokens ever issued, for the operator alone: it holds no token, but tells whose tombstone got
 * lost. Padded to a power of two, so that it tells no more of the number of members than the key store does.
 *
 * @param issued - in any order.
 */
export async function sealLedger(secret: Bytes, issued: LedgerLine[]): Promise<SealedFile> {
  const rows = issued
    .map(({ id, serial, tier, removed }): Row => [id, serial, tier, removed ?? null])
    .sort(byIdAndSerial);
  const plain = utf8(JSON.stringify(rows));
  const packed = await compress(plain);
  return sealEnvelope(
    await keysOf(secret),
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
 * Opens what {@link sealLedger} gave.
 *
 * @returns null when another secret sealed it.
 * @throws Error when it is malformed, altered, or not the file of this name.
 */
export async function openLedger(secret: Bytes, file: SealedFile): Promise<LedgerLine[] | null> {
  const opened = await openEnvelope(await keysOf(secret), PLACE, file);
  if (!opened) return null;
  const rows: unknown = JSON.parse(fromUtf8(await decompress(opened.body, opened.header.size)));
  if (!Array.isArray(rows)) throw new Error('ledger is no list');
  return rows.map(readRow);
}

type Row = readonly [id: string, serial: number, tier: string, removed: string | null];

function readRow(row: unknown): LedgerLine {
  if (!Array.isArray(row) || row.length !== 4) throw new Error('ledger row is malformed');
  const [id, serial, tier, removed] = row as unknown[];
  const isDate = typeof removed === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(removed);
  if (typeof id !== 'string' || !Number.isSafeInteger(serial) || typeof tier !== 'string') {
    throw new Error('ledger row is malformed');
  }
  if (removed !== null && !isDate) throw new Error('ledger row is malformed');
  return { id, serial: serial as number, tier, ...(isDate && { removed }) };
}

function byIdAndSerial([idA, serialA, tierA]: Row, [idB, serialB, tierB]: Row): number {
  if (idA !== idB) return idA < idB ? -1 : 1;
  if (serialA !== serialB) return serialA - serialB;
  return tierA < tierB ? -1 : Number(tierA > tierB);
}

async function keysOf(secret: Bytes): Promise<SealingKeys> {
  const source = await importSource(secret);
  const content = await importSource(await derive(source, 32, 'jinghua v1 ledger content'));
  return {
    keyId: toHex(await derive(content, 8, 'jinghua v1 key id')),
    content,
    name: await deriveMacKey(source, 'jinghua v1 ledger name'),
    salt: await deriveMacKey(source, 'jinghua v1 ledger salt'),
  };
}
