import { createHash } from 'node:crypto';
import type { Published } from './envelope.ts';
import { tokenFrom, type Tier } from './keys.ts';
import { cut, decrypt, expect, hkdf, hmac, isZero, powerOfTwoFrom, u32 } from './primitives.ts';

export type DecodedRecord =
  | { keys: Pick<Tier, 'tier' | 'epoch' | 'content' | 'name' | 'table'>[] }
  | { notice: 'removed' | 'expired'; date: string };

/**
 * Opens the record of a token.
 *
 * @param shards - the shards of the key store, in the root's order.
 * @returns null when the token has no record.
 * @throws Error when a byte is not as FORMAT.md says.
 */
export function openKeyRecord(token: Uint8Array, epoch: string, shards: Published[]): DecodedRecord | null {
  const id = recordIdOf(token, epoch);
  const { clear, records } = splitShard(shards[id.readUInt32BE() % shards.length]!);
  const record = records.find((bytes) => bytes.subarray(0, 16).equals(id));
  if (!record) return null;
  return readRecord(unwrapRecord(token, epoch, clear, record), epoch);
}

/**
 * Opens every record of a key store, including the decoys, so that every byte is accounted for.
 *
 * @param issued - all tokens that may have a record.
 * @returns the records in the order of `issued`.
 * @throws Error when a token has no record, or a record has no token.
 */
export function openKeyStore(
  secret: Uint8Array,
  epoch: string,
  shards: Published[],
  issued: { id: string; serial: number }[],
): DecodedRecord[] {
  const saltKey = hkdf(secret, 32, ['jinghua v1 record salt', epoch]);
  const decoyKey = hkdf(secret, 32, ['jinghua v1 decoy', epoch]);
  const left = new Map<string, { clear: Buffer; record: Buffer }>();
  shards.forEach((shard, index) => {
    const { clear, records } = splitShard(shard);
    expect(shard.bytes.length === shards[0]!.bytes.length, 'all key store shards must have the same size');
    let previous = '';
    for (const record of records) {
      const id = record.toString('hex', 0, 16);
      expect(record.readUInt32BE() % shards.length === index, 'a record must be in its own shard');
      expect(id > previous, 'records must be in ascending order');
      left.set(id, { clear, record });
      previous = id;
    }
  });
  const tokens = issued.map(({ id, serial }) => {
    const token = tokenFrom(secret, id, serial);
    return { token, id: recordIdOf(token, epoch) };
  });
  const size = keyStoreSize(tokens.map(({ id }) => id));
  expect(shards.length === size, 'a key store must not have more shards than it needs');
  const room = shards.map(() => 160);
  const open = (token: Buffer, id = recordIdOf(token, epoch)): Buffer | null => {
    const index = id.readUInt32BE() % shards.length;
    if (room[index] === 0) return null;
    const found = left.get(id.toString('hex'));
    expect(found, 'every token must have a record, and every record a token');
    room[index]!--;
    left.delete(id.toString('hex'));
    const plain = unwrapRecord(token, epoch, found.clear, found.record);
    const salt = hmac(saltKey, [Buffer.of(1), id, plain]);
    expect(found.record.subarray(16, 48).equals(salt), 'a record salt must be derived from its content');
    return plain;
  };

  const records = tokens.map(({ token, id }) => readRecord(open(token, id)!, epoch));
  for (let i = 0; left.size > 0; i++) {
    const plain = open(hmac(decoyKey, [u32(i)]).subarray(0, 16));
    expect(!plain || isZero(plain), 'a decoy record must be empty');
  }
  return records;
}

function recordIdOf(token: Uint8Array, epoch: string): Buffer {
  return hkdf(token, 16, ['jinghua v1 record id', epoch]);
}

/** Returns how many shards are needed for records with these ids. */
function keyStoreSize(ids: Buffer[]): number {
  for (let count = powerOfTwoFrom(ids.length / 100); ; count *= 2) {
    const sizes = new Array<number>(count).fill(0);
    for (const id of ids) sizes[id.readUInt32BE() % count]!++;
    if (sizes.every((size) => size <= 160)) return count;
  }
}

function splitShard({ name, bytes }: Published): { clear: Buffer; records: Buffer[] } {
  const file = Buffer.from(bytes);
  const digest = createHash('sha256').update(file).digest();
  expect(digest.toString('hex', 0, 16) === name, 'a shard must be named after its digest');
  const clear = file.subarray(0, 7);
  expect(
    clear.toString('latin1', 0, 4) === 'JHUK' && clear[4] === 1,
    'a shard must start with JHUK, version 1',
  );
  const size = clear.readUInt16BE(5);
  expect(file.length === 7 + 160 * size, 'a shard must have 160 records');
  return {
    clear,
    records: Array.from({ length: 160 }, (_, i) => file.subarray(7 + i * size, 7 + (i + 1) * size)),
  };
}

function unwrapRecord(token: Uint8Array, epoch: string, clear: Buffer, record: Buffer): Buffer {
  const salt = record.subarray(16, 48);
  const key = hkdf(token, 32, ['jinghua v1 record wrap', epoch], salt);
  const place = { kind: 8, index: 0, last: true, path: '' };
  return decrypt(
    key,
    { ...place, clear: Buffer.concat([clear, record.subarray(0, 48)]) },
    record.subarray(48),
  );
}

function readRecord(plain: Buffer, epoch: string): DecodedRecord {
  const state = plain[0];
  if (state === 2 || state === 3) {
    const date = cut(plain, 11).toString('latin1', 1);
    return { notice: state === 2 ? 'removed' : 'expired', date };
  }
  expect(state === 1, 'a record must be in a known state');
  const count = plain[1]!;
  cut(plain, 2 + 128 * count);
  const keys = Array.from({ length: count }, (_, i) => {
    const part = plain.subarray(2 + 128 * i, 2 + 128 * (i + 1));
    return {
      tier: part.toString('utf8', 0, 32).replace(/\0+$/, ''),
      epoch,
      content: part.subarray(32, 64),
      name: part.subarray(64, 96),
      table: part.subarray(96, 128),
    };
  });
  return { keys };
}
