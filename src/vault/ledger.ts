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

/**
 * Seals the list of all tokens ever issued, for the operator alone: it holds no token, but tells whose tombstone got
 * lost. Padded to a power of two, so that it tells no more of the number of members than the key store does.
 *
 * @param issued - in any order.
 */
export async function sealLedger(secret: Bytes, issued: Issued[]): Promise<SealedFile> {
  const rows = issued.map(({ id, serial, tier }) => [id, serial, tier] as const).sort(byIdAndSerial);
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
export async function openLedger(secret: Bytes, file: SealedFile): Promise<Issued[] | null> {
  const opened = await openEnvelope(await keysOf(secret), PLACE, file);
  if (!opened) return null;
  const rows: unknown = JSON.parse(fromUtf8(await decompress(opened.body, opened.header.size)));
  if (!Array.isArray(rows)) throw new Error('ledger is no list');
  return rows.map((row: unknown) => {
    if (!Array.isArray(row) || row.length !== 3) throw new Error('ledger row is malformed');
    const [id, serial, tier] = row as unknown[];
    if (typeof id !== 'string' || !Number.isSafeInteger(serial) || typeof tier !== 'string') {
      throw new Error('ledger row is malformed');
    }
    return { id, serial: serial as number, tier };
  });
}

function byIdAndSerial(
  [idA, serialA, tierA]: readonly [string, number, string],
  [idB, serialB, tierB]: readonly [string, number, string],
): number {
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
