import { type Bytes, concat, Cursor, fields, fromHex, toHex, uint, utf8, zeroFilled } from './bytes.ts';
import { inBatches } from './batches.ts';
import { type Place, seal, TAG_SIZE, unseal } from './cipher.ts';
import { deriveCipher, infoOf, mac } from './kdf.ts';
import { KEY_SIZE } from './keys.ts';
import { nameInput, type SealedFile, toName } from './name.ts';
import type { Primitives } from './primitives.ts';

/** The first bytes of every envelope. */
const MAGIC = utf8('JHUA');
const VERSION = uint(1, 1);
const KEY_ID_SIZE = 8;
export const SALT_SIZE = 32;
const CLEAR_SIZE = 4 + 1 + KEY_ID_SIZE + SALT_SIZE;
const HEADER_SIZE = 160;
const TYPE_LIMIT = 127;
const KEY_LABEL = 'jinghua v1 envelope';

/** How the body is encoded inside its padding. */
export const ENCODING = { plain: 0, deflate: 1 } as const;

export interface Header {
  encoding: number;
  /** Bytes before packing; for media, the bytes of the whole file. */
  size: number;
  /** Bytes after packing and before padding. */
  packed: number;
  /** Plain bytes of a media segment; 0 when the body holds the whole content. */
  segmentSize: number;
  /** Media type, up to 127 printable ASCII characters. */
  type: string;
}

export interface EnvelopeKeys {
  /** 16 hex digits. */
  keyId: string;
  content: CryptoKey;
  name: CryptoKey;
}

/** The same keys as raw bytes (32 each) with the salt key, and the primitives that seal with them. */
export interface SealingKeys {
  keyId: string;
  content: Bytes;
  name: Bytes;
  salt: Bytes;
  primitives: Primitives;
}

/** The kinds and the path of an envelope: its header and body are two pieces sealed with one key. */
export interface EnvelopePlace {
  kind: { readonly header: number; readonly body: number };
  path: string;
}

/**
 * Seals a header and a padded body into one file, whose name follows from its content.
 *
 * @param body - the packed bytes.
 * @param padded - the size in bytes to which zeros are appended to the body.
 */
export async function sealEnvelope(
  keys: SealingKeys,
  { kind, path }: EnvelopePlace,
  header: Header,
  body: Bytes,
  padded: number,
): Promise<SealedFile> {
  const headerBytes = encodeHeader(header);
  const bodyBytes = zeroFilled(body, padded);
  const keyId = fromHex(keys.keyId, KEY_ID_SIZE);
  const { primitives } = keys;
  const place = { keyId, kind: kind.header, path };
  const salt = await saltOf({ primitives, key: keys.salt }, place, header, [bodyBytes]);
  const clear = concat(MAGIC, VERSION, keyId, salt);
  const key = await primitives.hkdf(keys.content, KEY_SIZE, salt, infoOf(KEY_LABEL));
  const [mac, sealedHeader, sealedBody] = await Promise.all([
    primitives.hmac(keys.name, nameInput(path, salt)),
    seal(primitives, key, placeOf(kind.header, clear, path), headerBytes),
    seal(primitives, key, placeOf(kind.body, clear, path), bodyBytes),
  ]);
  return { name: toName(mac), bytes: concat(clear, sealedHeader, sealedBody) };
}

/**
 * Opens a file made by {@link sealEnvelope}.
 *
 * @returns null when it was sealed with another key.
 * @throws Error when it is malformed, altered, of another kind or path, or not the file of this name.
 */
export async function openEnvelope(
  keys: EnvelopeKeys,
  { kind, path }: EnvelopePlace,
  { name, bytes }: SealedFile,
): Promise<{ header: Header; body: Bytes } | null> {
  const cursor = new Cursor(bytes);
  const clear = cursor.take(CLEAR_SIZE);
  const fieldsOfClear = new Cursor(clear);
  if (toHex(fieldsOfClear.take(4)) !== toHex(MAGIC)) throw new Error('not a sealed file');
  const version = fieldsOfClear.uint(1);
  if (version !== VERSION[0]) throw new Error(`sealed in unknown format version ${version}`);
  if (toHex(fieldsOfClear.take(KEY_ID_SIZE)) !== keys.keyId) return null;
  const salt = fieldsOfClear.take(SALT_SIZE);

  // The tag proves only that this was once the content of the path; the name proves that it is the current one.
  if (toName(await mac(keys.name, nameInput(path, salt))) !== name)
    throw new Error('not the file of this name');
  const key = await deriveCipher(keys.content, salt, KEY_LABEL);
  const sealedHeader = cursor.take(HEADER_SIZE + TAG_SIZE);
  const sealedBody = cursor.take(cursor.left);
  const [headerBytes, bodyBytes] = await Promise.all([
    unseal(key, placeOf(kind.header, clear, path), sealedHeader),
    unseal(key, placeOf(kind.body, clear, path), sealedBody),
  ]);
  const header = decodeHeader(headerBytes);
  const bodyCursor = new Cursor(bodyBytes);
  const body = bodyCursor.take(header.packed);
  bodyCursor.zeros();
  return { header, body };
}

/** What a salt is for: the encryption key, and the kind and path of what it encrypts. */
interface SaltPlace {
  /** 8 bytes; empty for a key that stays the same across epochs. */
  keyId: Bytes;
  kind: number;
  path: string;
}

/**
 * Computes the salt of an encryption key: a MAC over the plaintext, its header and its place, so that no key ever
 * encrypts two different plaintexts.
 *
 * @param pieces - the exact padded plaintexts that AES encrypts. The MAC covers their digests, so that a long file
 * needs no copy.
 */
export async function saltOf(
  { primitives: { digest, hmac }, key }: { primitives: Primitives; key: Bytes },
  { keyId, kind, path }: SaltPlace,
  header: Header,
  pieces: Bytes[],
): Promise<Bytes> {
  const digests = await inBatches(pieces, 16, async (piece) => digest(piece));
  const what = fields(keyId, path);
  const size = uint(header.segmentSize, 4);
  return hmac(key, concat(VERSION, uint(kind, 1), what, size, encodeHeader(header), ...digests));
}

function placeOf(kind: number, clear: Bytes, path: string): Place {
  return { kind, index: 0, last: true, clear, path };
}

function encodeHeader({ encoding, size, packed, segmentSize, type }: Header): Bytes {
  if (!isMediaType(type)) throw new RangeError('media type is not up to 127 printable ASCII characters');
  const typeBytes = utf8(type);
  return zeroFilled(
    concat(
      uint(encoding, 1),
      uint(size, 8),
      uint(packed, 8),
      uint(segmentSize, 4),
      uint(typeBytes.length, 1),
      typeBytes,
    ),
    HEADER_SIZE,
  );
}

function decodeHeader(bytes: Bytes): Header {
  const cursor = new Cursor(bytes);
  const encoding = cursor.uint(1);
  const size = cursor.uint(8);
  const packed = cursor.uint(8);
  const segmentSize = cursor.uint(4);
  const type = String.fromCharCode(...cursor.take(cursor.uint(1)));
  cursor.zeros();
  if (!isMediaType(type)) throw new Error('media type is malformed');
  return { encoding, size, packed, segmentSize, type };
}

function isMediaType(type: string): boolean {
  return type.length <= TYPE_LIMIT && /^[\x20-\x7e]*$/.test(type);
}
