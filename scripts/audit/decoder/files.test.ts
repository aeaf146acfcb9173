import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  lookup,
  openMediaHead,
  openObject,
  openSegment,
  openTableShard,
  sealMedia,
  sealObject,
  sealTable,
  tableShardOf,
} from '../../../src/vault/index.ts';
import {
  fromBase64,
  fileOf,
  keys,
  objects,
  media,
  tables,
  secret,
  epoch,
  sealers,
  readers,
  reader,
  sealer,
  tier,
  placesIn,
  flips,
  expectRefusals,
} from '../../../tests/vectors/vectors.ts';
import * as decoder from './index.ts';

// Sealed content: objects, media, and the tables that lead to them.

describe.each(objects)('object $path', (object) => {
  const file = fileOf(object);
  const plain = { type: object.type, bytes: fromBase64(object.plain) };

  test('opens in the reader and in the decoder', async () => {
    expect(await openObject(reader, object.path, file)).toEqual(plain);
    const decoded = decoder.openObject(tier, object.path, file);
    expect({ type: decoded.type, bytes: new Uint8Array(decoded.bytes) }).toEqual(plain);
  });

  test('is sealed to the same bytes as the vector, or if compressed to the same content', async () => {
    const again = await sealObject(sealer, object.path, plain);
    if (plain.type === 'application/octet-stream') expect(again).toEqual(file);
    else expect(await openObject(reader, object.path, again)).toEqual(plain);
  });

  test('is refused with a flipped bit', () =>
    expectRefusals(
      file,
      (altered) => openObject(reader, object.path, altered),
      (altered) => decoder.openObject(tier, object.path, altered),
    ));
});

describe.each(media)('media $path', ({ path, type, size, head, segments }) => {
  const headFile = fileOf(head);
  const segmentFiles = segments.map(fileOf);
  const contents = new Map(segmentFiles.map(({ name, bytes }) => [name, bytes]));
  const read = (name: string) => contents.get(name)!;
  const counted = Uint8Array.from(
    { length: size },
    (_, i) => Math.imul(i >> 2, 2654435761) >>> (24 - 8 * (i & 3)),
  );

  test('opens in the reader and in the decoder', async () => {
    const opened = (await openMediaHead(reader, path, headFile))!;
    expect(opened).toMatchObject({ path, type, size, segments: segments.map(({ name }) => name) });
    const pieces = await Promise.all(segmentFiles.map(({ bytes }, i) => openSegment(opened, i, bytes)));
    expect(new Uint8Array(Buffer.concat(pieces))).toEqual(counted);
    const decoded = decoder.openMedia(tier, path, headFile, read);
    expect(new Uint8Array(decoded.bytes)).toEqual(counted);
    expect(decoded).toMatchObject({ type, segments: segments.map(({ name }) => name) });
  });

  test('is sealed to the same bytes as the vector', async () => {
    const again = await sealMedia(sealer, path, { type, bytes: counted });
    expect(again).toEqual({ head: headFile, segments: segmentFiles });
  });

  test('is refused with a flipped bit in the head', () =>
    expectRefusals(
      headFile,
      (altered) => openMediaHead(reader, path, altered),
      (altered) => decoder.openMedia(tier, path, altered, read),
    ));

  test('is refused with a flipped bit in a segment', async () => {
    const opened = (await openMediaHead(reader, path, headFile))!;
    for (const [index, segment] of segmentFiles.entries()) {
      for (const flip of flips(segment, placesIn(segment.bytes, [[-16, 0]]))) {
        await expect(openSegment(opened, index, flip.file.bytes)).rejects.toThrow();
        const readFlipped = (name: string) => (name === segment.name ? flip.file.bytes : read(name));
        expect(() => decoder.openMedia(tier, path, headFile, readFlipped)).toThrow();
      }
      await openSegment(opened, index, segment.bytes);
    }
  });
});

describe.each(tables)('the table of $tier', ({ tier: name, entries, shards }) => {
  const tierReader = readers.find((candidate) => candidate.tier === name)!;
  const tierSealer = sealers.find((candidate) => candidate.tier === name)!;
  const decoderTier = decoder.tierFrom(secret, name, epoch);
  const files = shards.map(fileOf);

  test('gives each entry to the reader and to the decoder', async () => {
    const decoded = decoder.openTable(decoderTier, files);
    expect(decoded.size).toBe(entries.length);
    for (const { path, ...entry } of entries) {
      const index = await tableShardOf(tierReader, path, files.length);
      const shard = (await openTableShard(tierReader, index, files.length, files[index]!))!;
      expect(await lookup(tierReader, shard, path)).toEqual(entry);
      expect(decoded.get(decoder.pathIdsOf(decoderTier)(path))).toEqual(entry);
    }
  });

  test('is sealed to the same bytes as the vector', async () => {
    const map = new Map(entries.map(({ path, ...entry }) => [path, entry]));
    expect(await sealTable(tierSealer, map)).toEqual(files);
  });

  test('is refused with a flipped bit', async () => {
    for (const [index, file] of files.entries()) {
      await expectRefusals(
        file,
        (altered) => openTableShard(tierReader, index, files.length, altered),
        (altered) => decoder.openTable(decoderTier, files.with(index, altered)),
      );
    }
  });
});

test('the worked example in FORMAT.md is the first object', () => {
  const [object] = objects as [(typeof objects)[number]];
  const text = readFileSync(new URL('../../../FORMAT.md', import.meta.url), 'utf8').split(
    '## Worked example',
  )[1]!;
  const written = (name: string) =>
    new RegExp(`^    ${name} +((?:[0-9a-f]+\\s+)+)`, 'm').exec(text)?.[1]?.replace(/\s/g, '');
  const file = Buffer.from(object.bytes, 'base64');
  expect(written('content')).toBe(Buffer.from(object.plain, 'base64').toString('hex'));
  expect(written('content key')).toBe(keys[0]!.content);
  expect(written('name key')).toBe(keys[0]!.name);
  expect(written('salt key')).toBe(tier.salt.toString('hex'));
  expect(written('key id')).toBe(file.toString('hex', 5, 13));
  expect(written('salt')).toBe(file.toString('hex', 13, 45));
  expect(written('name')).toBe(object.name);
  expect(written('sealed header')).toBe(file.toString('hex', 45, 221));
  expect(written('sealed body')).toBe(file.toString('hex', 221, 253));
  expect(written('SHA-256 of file')).toBe(createHash('sha256').update(file).digest('hex'));
});
