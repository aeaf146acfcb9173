import { inBatches } from './batches.ts';
import { type Bytes, compare, concat, Cursor, fromUtf8, uint, utf8, zeroFilled } from './bytes.ts';
import { KIND, parametersOf, type Place, TAG_SIZE, unseal } from './cipher.ts';
import { SALT_SIZE } from './envelope.ts';
import { derive, deriveCipher, digest, infoOf } from './kdf.ts';
import { KEY_SIZE, type TierKeys } from './keys.ts';
import { type SealedFile, toName } from './name.ts';
import { powerOfTwo } from './padding.ts';
import { type Primitives, webPrimitives } from './primitives.ts';
import { shardOf } from './shard.ts';
import { tokenInfo, type TokenKey } from './token.ts';

const MAGIC = utf8('JHUK');
const VERSION = uint(1, 1);
const CLEAR_SIZE = 4 + 1 + 2;
const ID_SIZE = 16;
const TOKEN_SIZE = 16;
const ID_LABEL = 'jinghua v1 record id';
const WRAP_LABEL = 'jinghua v1 record wrap';
const TIER_NAME_SIZE = 32;
const TIER_SIZE = TIER_NAME_SIZE + 3 * KEY_SIZE;
const RECORDS_PER_SHARD = 160;
// Members are spread by chance: with 100 in a shard on average, one shard in 10^8 would have more than 160.
const MEMBERS_PER_SHARD = 100;
const AT_ONCE = 256;
const STATES = ['keys', 'removed', 'expired'] as const;
const NO_SALT = new Uint8Array(0);

/** A token that is in force, or one whose holder is to be told why it is not. */
export type KeyStoreMember =
  | { id: string; serial: number; tier: string }
  | { id: string; serial: number; notice: 'removed' | 'expired'; date: string };

export interface KeyStoreInput {
  secret: Bytes;
  epoch: string;
  /** Lowest first; a member of a tier gets its keys and those of all tiers before it. */
  tiers: TierKeys[];
  /** In any order. */
  members: KeyStoreMember[];
}

/** What a token's record holds: keys (lowest tier first), or the day (YYYY-MM-DD) from which there are none. */
export type KeyRecord = { keys: TierKeys[] } | { notice: 'removed' | 'expired'; date: string };

interface Candidate {
  bits: Bytes;
  id: Bytes;
}

/**
 * Seals the key store: one record for each token, filled up with records of tokens that nobody has.
 *
 * @param primitives - a faster library than WebCrypto, where there is one; the bytes are the same.
 * @returns shards in order, all of one size; their number is a power of two.
 * @throws RangeError for an unknown tier, a token named twice, a tier name of more than 32 bytes or a malformed date.
 */
export async function sealKeyStore(
  { secret, epoch, tiers, members }: KeyStoreInput,
  primitives: Primitives = webPrimitives,
): Promise<SealedFile[]> {
  const sealer = await sealerOf(primitives, secret, epoch);
  const plainSize = 2 + tiers.length * TIER_SIZE;
  const plains = new Map(tiers.map(({ tier }, i) => [tier, encodeKeys(tiers.slice(0, i + 1), plainSize)]));
  const plainOf = (member: KeyStoreMember): Bytes => {
    if ('notice' in member) return encodeNotice(member, plainSize);
    const plain = plains.get(member.tier);
    if (!plain) throw new RangeError(`unknown tier "${member.tier}"`);
    return plain;
  };

  const candidates = await inBatches(members, AT_ONCE, ({ id, serial }) => sealer.candidate(id, serial));
  const { count, shards } = spread(candidates.map(({ id }) => id));
  const records = await inBatches(members, AT_ONCE, (member, i) =>
    sealer.seal(candidates[i]!, plainOf(member)),
  );
  const filled = shards.map((shard) => shard.map((i) => records[i]!));

  // Decoys come in one order whatever the members are: a new member takes the place of one, and all others stay.
  const nothing = new Uint8Array(plainSize);
  for (let first = 0; filled.some(hasRoom); first += AT_ONCE) {
    const decoys = await inBatches(
      Array.from({ length: AT_ONCE }, (_, i) => first + i),
      AT_ONCE,
      sealer.decoy,
    );
    const sealing: Promise<void>[] = [];
    const room = filled.map((shard) => RECORDS_PER_SHARD - shard.length);
    for (const decoy of decoys) {
      const index = shardOf(decoy.id, count);
      if (room[index] === 0) continue;
      room[index]!--;
      sealing.push(sealer.seal(decoy, nothing).then((record) => void filled[index]!.push(record)));
    }
    await Promise.all(sealing);
  }

  return Promise.all(
    filled.map(async (shard) => {
      const bytes = concat(clearOf(plainSize), ...shard.sort(compare));
      return { name: toName(await digest(bytes)), bytes };
    }),
  );
}

/** Which of `count` shards would have the token's record. */
export async function keyStoreShardOf({ key }: TokenKey, epoch: string, count: number): Promise<number> {
  return shardOf(await recordId(key, epoch), count);
}

/**
 * Finds and opens a token's record.
 *
 * @param shard - the whole file; which one, {@link keyStoreShardOf} says.
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

/** What makes records; labels and keys that all of them share are looked up once. */
async function sealerOf({ hkdf, hmac, encrypt }: Primitives, secret: Bytes, epoch: string) {
  const saltKey = await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 record salt', epoch));
  const decoyKey = await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 decoy', epoch));
  const idInfo = infoOf(ID_LABEL, epoch);
  const wrapInfo = infoOf(WRAP_LABEL, epoch);
  const candidateOf = async (bits: Bytes): Promise<Candidate> => ({
    bits,
    id: await hkdf(bits, ID_SIZE, NO_SALT, idInfo),
  });
  return {
    candidate: async (id: string, serial: number) =>
      candidateOf(await hkdf(secret, TOKEN_SIZE, NO_SALT, tokenInfo(id, serial))),
    decoy: async (index: number) =>
      candidateOf((await hmac(decoyKey, uint(index, 4))).subarray(0, TOKEN_SIZE)),
    seal: async ({ bits, id }: Candidate, plain: Bytes): Promise<Bytes> => {
      const salt = await hmac(saltKey, concat(VERSION, id, plain));
      const key = await hkdf(bits, KEY_SIZE, salt, wrapInfo);
      const { iv, additionalData } = parametersOf(placeOf(clearOf(plain.length), id, salt));
      return concat(id, salt, await encrypt(key, iv, additionalData, plain));
    },
  };
}

function recordId(source: CryptoKey, epoch: string): Promise<Bytes> {
  return derive(source, ID_SIZE, ID_LABEL, epoch);
}

function placeOf(clear: Bytes, id: Bytes, salt: Bytes): Place {
  return { kind: KIND.record, index: 0, last: true, clear: concat(clear, id, salt), path: '' };
}

/** Members' indices by shard, with as few shards as leave room in each. */
function spread(ids: Bytes[]): { count: number; shards: number[][] } {
  if (new Set(ids.map((id) => id.join())).size !== ids.length) throw new RangeError('a token is named twice');
  for (let count = powerOfTwo(ids.length / MEMBERS_PER_SHARD); ; count *= 2) {
    const shards: number[][] = Array.from({ length: count }, () => []);
    ids.forEach((id, i) => shards[shardOf(id, count)]!.push(i));
    if (shards.every((shard) => shard.length <= RECORDS_PER_SHARD)) return { count, shards };
  }
}

function hasRoom(shard: Bytes[]): boolean {
  return shard.length < RECORDS_PER_SHARD;
}

function clearOf(plainSize: number): Bytes {
  return concat(MAGIC, VERSION, uint(ID_SIZE + SALT_SIZE + plainSize + TAG_SIZE, 2));
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
  if (!isDate(member.date)) throw new RangeError('a notice has a date, YYYY-MM-DD');
  return zeroFilled(concat(uint(STATES.indexOf(member.notice) + 1, 1), utf8(member.date)), size);
}

function decodeRecord(plain: Bytes, epoch: string): KeyRecord {
  const cursor = new Cursor(plain);
  const state = STATES[cursor.uint(1) - 1];
  if (!state) throw new Error('record of unknown state');
  if (state !== 'keys') {
    const date = fromUtf8(cursor.take(10));
    if (!isDate(date)) throw new Error('record with a malformed date');
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

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
