import { inBatches } from './batches.ts';
import { type Bytes, concat, Cursor, uint, zeroFilled } from './bytes.ts';
import { KIND, type Place, seal, TAG_SIZE, unseal } from './cipher.ts';
import { ENCODING, type Header, openEnvelope, SALT_SIZE, saltOf, sealEnvelope } from './envelope.ts';
import { deriveCipher, deriveMacKey, importSource, infoOf, mac } from './kdf.ts';
import { KEY_SIZE, type ReaderKeys, type TierSecrets } from './keys.ts';
import { type SealedFile, toName } from './name.ts';
import type { Plain } from './object.ts';
import { paddedSize } from './padding.ts';
import { checkPath } from './path.ts';
import { NO_SALT } from './primitives.ts';

const SEGMENT_SIZE = 65536;
const LARGEST_SEGMENT = 2 ** 24;
const HEAD_BODY_SIZE = SALT_SIZE + KEY_SIZE;
const AT_ONCE = 16;
const SEGMENT_LABEL = 'jinghua v1 segment';
const NAME_LABEL = 'jinghua v1 segment name';

/** An opened head: everything needed to request and open the segments. It can be stored in IndexedDB. */
export interface MediaHead {
  path: string;
  type: string;
  /** Bytes of the whole file. */
  size: number;
  /** Plain bytes of each segment but the last. */
  segmentSize: number;
  /** Names of the segment files, in order; at least one. */
  segments: string[];
  salt: Bytes;
  key: CryptoKey;
}

/**
 * Seals a file that is read in pieces: a small head, and segments that stay the same in every epoch.
 *
 * A file of one segment is padded like an object; in a longer file the last segment is padded to the segment size.
 */
export async function sealMedia(
  keys: TierSecrets,
  path: string,
  { type, bytes }: Plain,
): Promise<{ head: SealedFile; segments: SealedFile[] }> {
  checkPath(path);
  const header: Header = {
    encoding: ENCODING.plain,
    size: bytes.length,
    packed: HEAD_BODY_SIZE,
    segmentSize: SEGMENT_SIZE,
    type,
  };
  const pieces = Array.from({ length: segmentCount(header) }, (_, index) => {
    const piece = bytes.subarray(index * SEGMENT_SIZE, (index + 1) * SEGMENT_SIZE);
    const padded = segmentPadded(header);
    return piece.length === padded ? piece : zeroFilled(piece, padded);
  });
  const { primitives, mediaSalt } = keys;
  const place = { keyId: new Uint8Array(0), kind: KIND.segment, path };
  const salt = await saltOf({ primitives, key: mediaSalt }, place, header, pieces);
  const { hkdf, hmac } = primitives;
  const fileKey = await hkdf(keys.media, KEY_SIZE, NO_SALT, infoOf('jinghua v1 file', salt));
  const key = await hkdf(fileKey, KEY_SIZE, salt, infoOf(SEGMENT_LABEL));
  const nameKey = await hkdf(fileKey, KEY_SIZE, NO_SALT, infoOf(NAME_LABEL));

  const segments = await inBatches(pieces, AT_ONCE, async (piece, index) => ({
    name: toName(await hmac(nameKey, uint(index, 4))),
    bytes: await seal(primitives, key, segmentPlace(path, salt, index, pieces.length), piece),
  }));
  const head = await sealEnvelope(
    { ...keys, keyId: keys.reader.keyId },
    { kind: KIND.head, path },
    header,
    concat(salt, fileKey),
    paddedSize(HEAD_BODY_SIZE),
  );
  return { head, segments };
}

/**
 * Opens a head made by {@link sealMedia}.
 *
 * @param file - with the name that the table gives for the path.
 * @returns null when it was sealed with another key.
 * @throws Error when it is malformed, altered, of another path, or not the file of this name.
 */
export async function openMediaHead(
  keys: ReaderKeys,
  path: string,
  file: SealedFile,
): Promise<MediaHead | null> {
  const opened = await openEnvelope(keys, { kind: KIND.head, path }, file);
  if (!opened) return null;
  const { header, body } = opened;
  if (header.segmentSize < SEGMENT_SIZE || header.segmentSize > LARGEST_SEGMENT) {
    throw new Error('segment size out of bounds');
  }
  const cursor = new Cursor(body);
  // A copy, because the head is kept and stored, and would otherwise retain the whole file's buffer.
  const salt = cursor.take(SALT_SIZE).slice();
  const fileKey = cursor.take(KEY_SIZE);
  if (cursor.left !== 0) throw new Error('head is too long');
  return {
    path,
    type: header.type,
    size: header.size,
    segmentSize: header.segmentSize,
    salt,
    ...(await openFileKey(fileKey, salt, segmentCount(header))),
  };
}

/**
 * Opens one segment and removes its padding.
 *
 * @throws RangeError when the file has no such segment.
 * @throws Error when the bytes are altered, or belong to another segment or file.
 */
export async function openSegment(head: MediaHead, index: number, bytes: Bytes): Promise<Bytes> {
  const count = head.segments.length;
  if (!Number.isInteger(index) || index < 0 || index >= count) throw new RangeError('no such segment');
  if (bytes.length !== segmentPadded(head) + TAG_SIZE) throw new Error('segment has another size');
  const plain = await unseal(head.key, segmentPlace(head.path, head.salt, index, count), bytes);
  const cursor = new Cursor(plain);
  const piece = cursor.take(Math.min(head.segmentSize, head.size - index * head.segmentSize));
  cursor.zeros();
  return piece;
}

function segmentCount({ size, segmentSize }: Pick<Header, 'size' | 'segmentSize'>): number {
  return Math.max(1, Math.ceil(size / segmentSize));
}

function segmentPadded({ size, segmentSize }: Pick<Header, 'size' | 'segmentSize'>): number {
  return size <= segmentSize ? Math.min(paddedSize(size), segmentSize) : segmentSize;
}

function segmentPlace(path: string, salt: Bytes, index: number, count: number): Place {
  return { kind: KIND.segment, index, last: index === count - 1, clear: salt, path };
}

async function openFileKey(
  fileKey: Bytes,
  salt: Bytes,
  count: number,
): Promise<{ key: CryptoKey; segments: string[] }> {
  const source = await importSource(fileKey);
  const names = await deriveMacKey(source, NAME_LABEL);
  const macs = Array.from({ length: count }, (_, index) => mac(names, uint(index, 4)));
  return {
    key: await deriveCipher(source, salt, SEGMENT_LABEL),
    segments: (await Promise.all(macs)).map(toName),
  };
}
