import { type Bytes, compare, concat, Cursor, fromUtf8, toHex, uint, utf8, zeroFilled } from './bytes.ts';
import { KIND, type Place, TAG_SIZE, unseal } from './cipher.ts';
import { isDateShaped } from './date.ts';
import { SALT_SIZE } from './envelope.ts';
import { derive, deriveCipher, digest } from './kdf.ts';
import { KEY_SIZE, type TierKeys } from './keys.ts';
import { type SealedFile, toName } from './name.ts';
import { powerOfTwo } from './padding.ts';
import {
  clearOf,
  ID_LABEL,
  ID_SIZE,
  MAGIC,
  type RecordContext,
  recordMaker,
  type RecordMaker,
  VERSION,
  WRAP_LABEL,
} from './records.ts';
import { shardOf } from './shard.ts';
import type { TokenKey } from './token.ts';

const CLEAR_SIZE = 4 + 1 + 2;
const TIER_NAME_SIZE = 32;
const TIER_SIZE = TIER_NAME_SIZE + 3 * KEY_SIZE;
const RECORDS_PER_SHARD = 160;
// Members spread over the shards at random: with 100 in a shard on average, one shard in 10^8 would have more than 160.
const MEMBERS_PER_SHARD = 100;
const STATES = ['keys', 'removed', 'expired'] as const;

/** A token that is in force, or one that is not and whose holder is told why. */
export type KeyStoreMember =
  | { id: string; serial: number; tier: string }
  | { id: string; serial: number; notice: 'removed' | 'expired'; date: string };

export interface KeyStoreInput {
  secret: Bytes;
  epoch: string;
  /** Lowest first; a member of a tier gets the keys of that tier and of all tiers before it. */
  tiers: TierKeys[];
  /** In any order. */
  members: KeyStoreMember[];
}

/** A token's opened record: its keys (lowest tier first), or the day (YYYY-MM-DD) from which it has none. */
export type KeyRecord = { keys: TierKeys[] } | { notice: 'removed' | 'expired'; date: string };

/**
 * Seals the key store: one record for each token, and decoy records of tokens that nobody has in all free places.
 *
 * @param makerOf - creates the maker of the records, such as one that uses more threads; the bytes are the same.
 * @returns shards in order, all of one size; their number is a power of two.
 * @throws RangeError for an unknown tier, a token named twice, a tier name of more than 32 bytes or a malformed date.
 */
export async function sealKeyStore(
  { secret, epoch, tiers, members }: KeyStoreInput,
  makerOf: (context: RecordContext) => RecordMaker | Promise<RecordMaker> = recordMaker,
): Promise<SealedFile[]> {
  const plainSize = 2 + tiers.length * TIER_SIZE;
  const maker = await makerOf({ secret, epoch, plainSize });
  const plainOf = plainsOf(tiers, plainSize);
  const records = await maker.records(
    members.map((member) => ({
      token: { id: member.id, serial: member.serial },
      plain: plainOf(member),
    })),
  );
  const shards = spread(records);

  const nothing = new Uint8Array(plainSize);
  const decoys = await maker.records(
    (await decoysFor(shards, maker)).map((decoy) => ({ token: { decoy }, plain: nothing })),
  );
  for (const record of decoys) shards[shardOf(record, shards.length)]!.push(record);

  return Promise.all(
    shards.map(async (shard) => {
      const bytes = concat(clearOf(plainSize), ...shard.sort(compare));
      return { name: toName(await digest(bytes)), bytes };
    }),
  );
}

/** The index of the shard, of `count`, that would hold the token's record. */
export async function keyStoreShardOf({ key }: TokenKey, epoch: string, count: number): Promise<number> {
  return shardOf(await recordId(key, epoch), count);
}

/**
 * Finds and opens a token's record.
 *
 * @param shard - the whole file of the shard that {@link keyStoreShardOf} gives.
 * @returns null when the token has no record there.
 * @throws Error when the shard is malformed or the record altered.
 */
export async function openRecord({ key }: TokenKey, epoch: string, shard: Bytes): Promise<KeyRecord | null> {
  const cursor = new Cursor(shard);
  const clear = cursor.take(CLEAR_SIZE);
  const recordSize = sizeFromClear(clear);
  if (cursor.left % recordSize !== 0) throw new Error('key store shard has a torn record');
  const id = await recordId(key, epoch);
  while (cursor.left > 0) {
    const record = new Cursor(cursor.take(recordSize));
    if (compare(record.take(ID_SIZE), id) !== 0) continue;
    const salt = record.take(SALT_SIZE);
    const cipher = await deriveCipher(key, salt, WRAP_LABEL, epoch);
    return decodeRecord(await unseal(cipher, placeOf(clear, id, salt), record.take(record.left)), epoch);
  }
  return null;
}

function recordId(source: CryptoKey, epoch: string): Promise<Bytes> {
  return derive(source, ID_SIZE, ID_LABEL, epoch);
}

function placeOf(...clear: Bytes[]): Place {
  return { kind: KIND.record, index: 0, last: true, clear: concat(...clear), path: '' };
}

/** Groups the records by shard, which follows from their first bytes, in as few shards as hold them all. */
function spread(records: Bytes[]): Bytes[][] {
  const ids = new Set(records.map((record) => toHex(record.subarray(0, ID_SIZE))));
  if (ids.size !== records.length) throw new RangeError('a token is named twice');
  for (let count = powerOfTwo(records.length / MEMBERS_PER_SHARD); ; count *= 2) {
    const shards: Bytes[][] = Array.from({ length: count }, () => []);
    for (const record of records) shards[shardOf(record, count)]!.push(record);
    if (shards.every((shard) => shard.length <= RECORDS_PER_SHARD)) return shards;
  }
}

/**
 * Chooses the numbers of the decoy tokens that fill the shards up. Numbers are tried in a fixed order that doesn't
 * depend on the members, so a new member replaces one decoy and all others stay.
 */
async function decoysFor(shards: Bytes[][], maker: RecordMaker): Promise<number[]> {
  const room = shards.map((shard) => RECORDS_PER_SHARD - shard.length);
  let left = room.reduce((sum, places) => sum + places, 0);
  const chosen: number[] = [];
  for (let first = 0; left > 0;) {
    const ids = await maker.decoyIds(first, Math.max(left, shards.length, RECORDS_PER_SHARD));
    for (const [i, id] of ids.entries()) {
      const shard = shardOf(id, shards.length);
      if (room[shard] === 0) continue;
      room[shard]!--;
      left--;
      chosen.push(first + i);
    }
    first += ids.length;
  }
  return chosen;
}

function sizeFromClear(clear: Bytes): number {
  const cursor = new Cursor(clear);
  if (compare(cursor.take(4), MAGIC) !== 0) throw new Error('not a key store shard');
  const version = cursor.uint(1);
  if (version !== VERSION[0]) throw new Error(`key store of unknown format version ${version}`);
  const size = cursor.uint(2);
  if (size <= ID_SIZE + SALT_SIZE + TAG_SIZE) throw new Error('key store records are too small');
  return size;
}

/** Returns a function that encodes a member's plaintext. Members of one tier share the same bytes. */
function plainsOf(tiers: TierKeys[], size: number): (member: KeyStoreMember) => Bytes {
  const keys = new Map(tiers.map(({ tier }, i) => [tier, encodeKeys(tiers.slice(0, i + 1), size)]));
  return (member) => {
    if ('notice' in member) return encodeNotice(member, size);
    const plain = keys.get(member.tier);
    if (!plain) throw new RangeError(`unknown tier "${member.tier}"`);
    return plain;
  };
}

function encodeKeys(tiers: TierKeys[], size: number): Bytes {
  const parts = tiers.map(({ tier, content, name, table }) => {
    return concat(
      zeroFilled(utf8(tier), TIER_NAME_SIZE),
      ...[content, name, table].map((key) => zeroFilled(key, KEY_SIZE)),
    );
  });
  return zeroFilled(concat(uint(STATES.indexOf('keys') + 1, 1), uint(tiers.length, 1), ...parts), size);
}

function encodeNotice(member: { notice: 'removed' | 'expired'; date: string }, size: number): Bytes {
  if (!isDateShaped(member.date)) throw new RangeError('a notice has a date, YYYY-MM-DD');
  return zeroFilled(concat(uint(STATES.indexOf(member.notice) + 1, 1), utf8(member.date)), size);
}

function decodeRecord(plain: Bytes, epoch: string): KeyRecord {
  const cursor = new Cursor(plain);
  const state = STATES[cursor.uint(1) - 1];
  if (!state) throw new Error('record of unknown state');
  if (state !== 'keys') {
    const date = fromUtf8(cursor.take(10));
    if (!isDateShaped(date)) throw new Error('record with a malformed date');
    cursor.zeros();
    return { notice: state, date };
  }
  const keys = Array.from({ length: cursor.uint(1) }, () => {
    const tier = fromUtf8(cursor.take(TIER_NAME_SIZE)).replace(/\0+$/, '');
    const [content, name, table] = [KEY_SIZE, KEY_SIZE, KEY_SIZE].map((size) => cursor.take(size).slice());
    return { tier, epoch, content: content!, name: name!, table: table! };
  });
  cursor.zeros();
  return { keys };
}
