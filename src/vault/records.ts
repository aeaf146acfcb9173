import { inBatches } from './batches.ts';
import { type Bytes, concat, uint, utf8 } from './bytes.ts';
import { KIND, parametersOf, TAG_SIZE } from './cipher.ts';
import { SALT_SIZE } from './envelope.ts';
import { infoOf } from './kdf.ts';
import { KEY_SIZE } from './keys.ts';
import { NO_SALT, type Primitives, webPrimitives } from './primitives.ts';
import { tokenInfo } from './token.ts';

export const MAGIC = utf8('JHUK');
export const VERSION = uint(1, 1);
export const ID_SIZE = 16;
export const ID_LABEL = 'jinghua v1 record id';
export const WRAP_LABEL = 'jinghua v1 record wrap';
const TOKEN_SIZE = 16;
const AT_ONCE = 256;

/** The inputs shared by all records of a key store; each record has its own token besides. */
export interface RecordContext {
  secret: Bytes;
  epoch: string;
  /** Size of each plaintext in bytes. */
  plainSize: number;
}

/** The token of a record, either a member's or the decoy with this number, and the record's plaintext. */
export interface RecordSource {
  token: { id: string; serial: number } | { decoy: number };
  plain: Bytes;
}

/** Makes records. Calls are independent of each other, so that a build may spread them over threads. */
export interface RecordMaker {
  /** Makes a record for each source, in the same order. */
  records(sources: RecordSource[]): Promise<Bytes[]>;
  /** The lookup ids (16 bytes) of the `count` decoy tokens numbered from `first`. */
  decoyIds(first: number, count: number): Promise<Bytes[]>;
}

/**
 * Creates a maker that works in this thread.
 *
 * @param primitives - used in place of WebCrypto where a faster library is at hand; the bytes are the same.
 */
export async function recordMaker(
  { secret, epoch, plainSize }: RecordContext,
  { hkdf, hmac, encrypt }: Primitives = webPrimitives,
): Promise<RecordMaker> {
  const saltKey = await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 record salt', epoch));
  const decoyKey = await hkdf(secret, KEY_SIZE, NO_SALT, infoOf('jinghua v1 decoy', epoch));
  const idInfo = infoOf(ID_LABEL, epoch);
  const wrapInfo = infoOf(WRAP_LABEL, epoch);
  const { iv, additionalData } = parametersOf({
    kind: KIND.record,
    index: 0,
    last: true,
    clear: clearOf(plainSize),
    path: '',
  });

  const decoyBits = async (index: number) => (await hmac(decoyKey, uint(index, 4))).subarray(0, TOKEN_SIZE);
  const bitsOf = (token: RecordSource['token']) =>
    'decoy' in token
      ? decoyBits(token.decoy)
      : hkdf(secret, TOKEN_SIZE, NO_SALT, tokenInfo(token.id, token.serial));
  const idOf = (bits: Bytes) => hkdf(bits, ID_SIZE, NO_SALT, idInfo);

  return {
    records: (sources) =>
      inBatches(sources, AT_ONCE, async ({ token, plain }) => {
        const bits = await bitsOf(token);
        const id = await idOf(bits);
        const salt = await hmac(saltKey, concat(VERSION, id, plain));
        const key = await hkdf(bits, KEY_SIZE, salt, wrapInfo);
        // The id and salt come last in the additional data; everything before them is the same for all records.
        return concat(id, salt, await encrypt(key, iv, concat(additionalData, id, salt), plain));
      }),
    decoyIds: (first, count) =>
      inBatches(
        Array.from({ length: count }, (_, i) => first + i),
        AT_ONCE,
        async (index) => idOf(await decoyBits(index)),
      ),
  };
}

/** The unencrypted start of a shard, 7 bytes: magic, version and record size. */
export function clearOf(plainSize: number): Bytes {
  return concat(MAGIC, VERSION, uint(ID_SIZE + SALT_SIZE + plainSize + TAG_SIZE, 2));
}
