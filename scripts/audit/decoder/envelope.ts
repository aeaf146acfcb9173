import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { cut, decrypt, expect, hkdf, hmac, lengthPrefixed, u32 } from './primitives.ts';

/** A published file: its name and its content. */
export interface Published {
  name: string;
  bytes: Uint8Array;
}

/** The keys that an envelope is sealed with. */
export interface EnvelopeKeys {
  keyId: Buffer;
  content: Buffer;
  name: Buffer;
  salt: Buffer;
}

/** The header of an envelope; `raw` is the whole header as it was sealed. */
export interface Header {
  raw: Buffer;
  encoding: number;
  size: number;
  segmentSize: number;
  type: string;
}

const ENVELOPE_TYPES = {
  object: { header: 1, body: 2 },
  head: { header: 3, body: 4 },
  table: { header: 6, body: 7 },
  ledger: { header: 9, body: 10 },
};

/**
 * Opens an envelope. Returns its header and its body, which may still be compressed.
 *
 * @throws Error when a byte is not as FORMAT.md says
 */
export function openEnvelope(
  keys: EnvelopeKeys,
  what: keyof typeof ENVELOPE_TYPES,
  path: string,
  { name, bytes }: Published,
): { header: Header; body: { packed: Buffer; padded: number } } {
  const file = Buffer.from(bytes);
  const clear = file.subarray(0, 45);
  expect(clear.toString('latin1', 0, 4) === 'JHUA', 'an envelope must start with JHUA');
  expect(clear[4] === 1, 'an envelope must have version 1');
  expect(clear.subarray(5, 13).equals(keys.keyId), 'an envelope must name its key');
  const salt = clear.subarray(13, 45);
  const fromSalt = hmac(keys.name, [lengthPrefixed([path, salt])]).toString('hex', 0, 16);
  expect(name === fromSalt, 'a file must be named after its content');

  const kind = ENVELOPE_TYPES[what];
  const key = hkdf(keys.content, 32, ['jinghua v1 envelope'], salt);
  const place = { index: 0, last: true, clear, path };
  const raw = decrypt(key, { ...place, kind: kind.header }, file.subarray(45, 221));
  const padded = decrypt(key, { ...place, kind: kind.body }, file.subarray(221));
  const typeEnd = 22 + raw[21]!;
  expect(
    /^[\x20-\x7e]{0,127}$/.test(raw.toString('latin1', 22, typeEnd)),
    'a media type must be printable ASCII',
  );
  const header = {
    raw,
    encoding: raw[0]!,
    size: Number(raw.readBigUInt64BE(1)),
    segmentSize: raw.readUInt32BE(17),
    type: cut(raw, typeEnd).toString('latin1', 22),
  };
  const digest = createHash('sha256').update(padded).digest();
  const saltAgain = saltFrom(keys.salt, { keyId: keys.keyId, kind: kind.header, path }, header, [digest]);
  expect(salt.equals(saltAgain), 'a salt must be derived from the content');
  return {
    header,
    body: { packed: cut(padded, Number(raw.readBigUInt64BE(9))), padded: padded.length },
  };
}

/** Derives the salt of an envelope or a media file from its content. */
export function saltFrom(
  key: Buffer,
  { keyId, kind, path }: { keyId: Buffer; kind: number; path: string },
  { segmentSize, raw }: Header,
  digests: Buffer[],
): Buffer {
  // A head has the same header as its file, so one function serves envelopes and files.
  return hmac(key, [Buffer.of(1, kind), lengthPrefixed([keyId, path]), u32(segmentSize), raw, ...digests]);
}

/** Returns the content of a body, decompressed if needed. */
export function unpack(header: Header, packed: Buffer): Buffer {
  expect(header.encoding === 0 || header.encoding === 1, 'an encoding must be 0 or 1');
  const bytes = header.encoding === 1 ? inflate(packed, header.size) : packed;
  expect(bytes.length === header.size, 'content must have the stated size');
  return bytes;
}

function inflate(packed: Buffer, size: number): Buffer {
  // Node ignores bytes behind the end of a stream, so compare how many it read. Its types don't cover `info`.
  const { buffer, engine } = inflateSync(packed, { maxOutputLength: size + 1, info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  expect(engine.bytesWritten === packed.length, 'nothing may follow the compressed content');
  return buffer;
}
