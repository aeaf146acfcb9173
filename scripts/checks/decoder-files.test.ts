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
} from '../../src/vault/index.ts';
import {
  fromBase64,
  fileOf,
  keys,
  objects,
  media,
  tables,
  refused,
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
} from '../../tests/vectors/vectors.ts';
import * as decoder from './decoder.ts';

// What is sealed: objects, media, and the table that leads to them.

describe.each(objects)('object $path', (object) => {
  const file = fileOf(object);
  const plain = { type: object.type, bytes: fromBase64(object.plain) };

  test('opens in both', async () => {
    expect(await openObject(reader, object.path, file)).toEqual(plain);
    const decoded = decoder.openObject(tier, object.path, file);
    expect({ type: decoded.type, bytes: new Uint8Array(decoded.bytes) }).toEqual(plain);
  });

  test('is sealed to the same bytes, but for the zlib of the day', async () => {
    const again = await sealObject(sealer, object.path, plain);
    if (plain.type === 'application/octet-stream') expect(again).toEqual(file);
    else expect(await openObject(reader, object.path, again)).toEqual(plain);
  });

  test('is refused with a bit turned', () =>
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

  test('opens in both', async () => {
    const opened = (await openMediaHead(reader, path, headFile))!;
    expect(opened).toMatchObject({ path, type, size, segments: segments.map(({ name }) => name) });
    const pieces = await Promise.all(segmentFiles.map(({ bytes }, i) => openSegment(opened, i, bytes)));
    expect(new Uint8Array(Buffer.concat(pieces))).toEqual(counted);
    const decoded = decoder.openMedia(tier, path, headFile, read);
    expect(new Uint8Array(decoded.bytes)).toEqual(counted);
    expect(decoded).toMatchObject({ type, segments: segments.map(({ name }) => name) });
  });

  test('is sealed to the same bytes', async () => {
    const again = await sealMedia(sealer, path, { type, bytes: counted });
    expect(again).toEqual({ head: headFile, segments: segmentFiles });
  });

  test('is refused with a bit of the head turned', () =>
    expectRefusals(
      headFile,
      (altered) => openMediaHead(reader, path, altered),
      (altered) => decoder.openMedia(tier, path, altered, read),
    ));

  test('is refused with a bit of a segment turned', async () => {
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

  test('gives each entry in both', async () => {
    const decoded = decoder.openTable(decoderTier, files);
    expect(decoded.size).toBe(entries.length);
    for (const { path, ...entry } of entries) {
      const index = await tableShardOf(tierReader, path, files.length);
      const shard = (await openTableShard(tierReader, index, files.length, files[index]!))!;
      expect(await lookup(tierReader, shard, path)).toEqual(entry);
      expect(decoded.get(decoder.pathIdsOf(decoderTier)(path))).toEqual(entry);
    }
  });

  test('is sealed to the same bytes', async () => {
    const map = new Map(entries.map(({ path, ...entry }) => [path, entry]));
    expect(await sealTable(tierSealer, map)).toEqual(files);
  });

  test('is refused with a bit turned', async () => {
    for (const [index, file] of files.entries()) {
      await expectRefusals(
        file,
        (altered) => openTableShard(tierReader, index, files.length, altered),
        (altered) => decoder.openTable(decoderTier, files.with(index, altered)),
      );
    }
  });
});

describe('refused', () => {
  const open = async (case_: (typeof refused)[number]): Promise<unknown> => {
    const file = fileOf(case_);
    if (case_.open === 'object') return openObject(reader, case_.path, file);
    if (case_.open === 'media') return openMediaHead(reader, case_.path, file);
    if (case_.open === 'table') return openTableShard(reader, case_.index, case_.count, file);
    const head = (await openMediaHead(reader, case_.path, fileOf(case_.head)))!;
    return openSegment(head, case_.index, file.bytes);
  };
  const decode = (case_: (typeof refused)[number]): unknown => {
    const file = fileOf(case_);
    if (case_.open === 'object') return decoder.openObject(tier, case_.path, file);
    if (case_.open === 'media') return decoder.openMedia(tier, case_.path, file, () => file.bytes);
    if (case_.open === 'table') {
      return decoder.openTable(
        tier,
        Array.from({ length: case_.count }, () => file),
      );
    }
    return decoder.openMedia(tier, case_.path, fileOf(case_.head), () => file.bytes);
  };

  test.each(refused)('$what ($open)', async (case_) => {
    if (case_.result === 'null') expect(await open(case_)).toBeNull();
    else await expect(open(case_)).rejects.toThrow();
    expect(() => decode(case_)).toThrow();
  });

  test('the reasons, as the reader gives them', async () => {
    const reasons = await Promise.all(
      refused.map((case_) =>
        open(case_).then(
          () => `${case_.what}: null`,
          (error: unknown) => `${case_.what}: ${(error as Error).message}`,
        ),
      ),
    );
    expect(reasons).toMatchInlineSnapshot(`
      [
        "a key of another epoch: null",
        "another path: not the file of this name",
        "another path under the name it would have there: sealed bytes do not authenticate",
        "an older version under the newer name: not the file of this name",
        "a head as an object: sealed bytes do not authenticate",
        "an object as a head: sealed bytes do not authenticate",
        "nothing: truncated",
        "HTML: not a sealed file",
        "only the clear part: truncated",
        "no body: sealed bytes do not authenticate",
        "a byte more: sealed bytes do not authenticate",
        "format version 2: sealed in unknown format version 2",
        "the body of another version: sealed bytes do not authenticate",
        "padding that is not zero: padding is not zero",
        "more content than body: truncated",
        "two sizes that differ: sizes contradict each other",
        "an unknown encoding: unknown encoding 2",
        "an object with segments: object with segments",
        "less text than stated: compressed bytes are smaller than stated",
        "more text than stated: compressed bytes are malformed or larger than stated",
        "text that does not inflate: compressed bytes are malformed or larger than stated",
        "a head with too short segments: segment size out of bounds",
        "a head that is too long: head is too long",
        "a head that is too short: truncated",
        "the second segment as the first: sealed bytes do not authenticate",
        "half a segment: segment has another size",
        "a shard as another: not the file of this name",
        "a shard as another under the name it would have there: sealed bytes do not authenticate",
        "a shard of fewer: not the file of this name",
        "a torn entry: table shard has a torn entry",
        "entries out of order: table entries out of order",
        "an entry twice: table entries out of order",
        "an entry of another shard: table entry in another shard",
        "an entry of unknown kind: table entry of unknown kind",
      ]
    `);
  });
});

test('the worked example in FORMAT.md is the first object', () => {
  const [object] = objects as [(typeof objects)[number]];
  const text = readFileSync(new URL('../../FORMAT.md', import.meta.url), 'utf8').split(
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
