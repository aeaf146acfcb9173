import { createHash } from 'node:crypto';
import { openEnvelope, saltFrom, unpack, type EnvelopeKeys, type Published } from './envelope.ts';
import { keyIdFrom, type Tier } from './keys.ts';
import { cut, decrypt, EMPTY, expect, hkdf, hmac, padme, powerOfTwoFrom, u32 } from './primitives.ts';

export interface Decoded {
  /** Media type. */
  type: string;
  bytes: Buffer;
}

export interface DecodedEntry {
  name: string;
  kind: 'object' | 'media';
}

/** Opens an object. @throws Error when a byte is not as FORMAT.md says. */
export function openObject(tier: Tier, path: string, file: Published): Decoded {
  const { header, body } = openEnvelope(envelopeKeys(tier, tier.content), 'object', path, file);
  expect(header.segmentSize === 0, 'an object must not have segments');
  expect(body.padded === padme(body.packed.length), 'an object must be padded by Padmé');
  const bytes = unpack(header, body.packed);
  expect((header.encoding === 1) === isText(header.type), 'text must be compressed, and nothing else may be');
  return { type: header.type, bytes };
}

/**
 * Opens a head and all of its segments.
 *
 * @param read - returns the content of a published file, by its name.
 * @returns also the names of the segments, in order.
 * @throws Error when a byte is not as FORMAT.md says.
 */
export function openMedia(
  tier: Tier,
  path: string,
  file: Published,
  read: (name: string) => Uint8Array,
): Decoded & { segments: string[] } {
  const { header, body } = openEnvelope(envelopeKeys(tier, tier.content), 'head', path, file);
  expect(header.encoding === 0 && header.segmentSize === 65536, 'a head must have segments of 64 KiB');
  expect(body.packed.length === 64 && body.padded === 1024, 'a head must have a salt and a key');
  const salt = body.packed.subarray(0, 32);
  const fileKey = body.packed.subarray(32);
  const expected = hkdf(tier.media, 32, ['jinghua v1 file', salt]);
  expect(fileKey.equals(expected), 'a file key must be derived from its salt');

  const count = Math.max(1, Math.ceil(header.size / 65536));
  const padded = header.size <= 65536 ? padme(header.size) : 65536;
  const nameKey = hkdf(fileKey, 32, ['jinghua v1 segment name']);
  const key = hkdf(fileKey, 32, ['jinghua v1 segment'], salt);
  const segments: string[] = [];
  const pieces: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const name = hmac(nameKey, [u32(index)]).toString('hex', 0, 16);
    const place = { kind: 5, index, last: index === count - 1, clear: salt, path };
    const piece = decrypt(key, place, Buffer.from(read(name)));
    expect(piece.length === padded, 'all segments must have the same size');
    segments.push(name);
    pieces.push(piece);
  }
  const digests = pieces.map((piece) => createHash('sha256').update(piece).digest());
  const saltAgain = saltFrom(tier.mediaSalt, { keyId: EMPTY, kind: 5, path }, header, digests);
  expect(salt.equals(saltAgain), 'a file salt must be derived from the content');
  return { type: header.type, bytes: cut(Buffer.concat(pieces), header.size), segments };
}

/**
 * Opens all shards of a tier's table.
 *
 * @param shards - in the root's order.
 * @returns entries by path id, see {@link pathIdsOf}.
 * @throws Error when a byte is not as FORMAT.md says.
 */
export function openTable(tier: Tier, shards: Published[]): Map<string, DecodedEntry> {
  const entries = new Map<string, DecodedEntry>();
  const bodies = shards.map((file, index) => {
    const keys = envelopeKeys(tier, tier.table);
    const { header, body } = openEnvelope(keys, 'table', `table ${index}/${shards.length}`, file);
    expect(header.encoding === 0 && header.type === '' && header.segmentSize === 0, 'a shard must be plain');
    expect(
      header.size === body.packed.length && header.size % 33 === 0,
      'a shard must contain whole entries',
    );
    let previous = '';
    for (let offset = 0; offset < body.packed.length; offset += 33) {
      const entry = body.packed.subarray(offset, offset + 33);
      const id = entry.toString('hex', 0, 16);
      expect(entry.readUInt32BE() % shards.length === index, 'an entry must be in its own shard');
      expect(id > previous, 'entries must be in ascending order');
      expect(entry[16] === 1 || entry[16] === 2, 'an entry must be of a known kind');
      entries.set(id, { name: entry.toString('hex', 17), kind: entry[16] === 1 ? 'object' : 'media' });
      previous = id;
    }
    return body;
  });
  expect(
    shards.length === powerOfTwoFrom(entries.size / 128),
    'a table must not have more shards than it needs',
  );
  const size = padme(Math.max(...bodies.map(({ packed }) => packed.length)));
  expect(
    bodies.every(({ padded }) => padded === size),
    'all shards must be padded to the size of the largest',
  );
  return entries;
}

/** Returns a function that computes the id of a path in a tier's table: 32 hex digits. */
export function pathIdsOf(tier: Tier): (path: string) => string {
  const key = hkdf(tier.table, 32, ['jinghua v1 lookup']);
  return (path) => hmac(key, [Buffer.from(path)]).toString('hex', 0, 16);
}

function envelopeKeys(tier: Tier, content: Buffer): EnvelopeKeys {
  return { keyId: Buffer.from(keyIdFrom(tier.content), 'hex'), content, name: tier.name, salt: tier.salt };
}

function isText(type: string): boolean {
  return (
    type.startsWith('text/') ||
    /^application\/(?:json|javascript|xml|manifest\+json)\b/.test(type) ||
    /\+(?:json|xml)\b/.test(type)
  );
}
