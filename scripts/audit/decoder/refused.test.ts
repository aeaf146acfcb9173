import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/vault/bytes.ts';
import { KIND } from '../../../src/vault/cipher.ts';
import { compress } from '../../../src/vault/compression.ts';
import { ENCODING, type Header, sealEnvelope, type SealingKeys } from '../../../src/vault/envelope.ts';
import {
  type Bytes,
  openMediaHead,
  openObject,
  openSegment,
  openTableShard,
  type SealedFile,
} from '../../../src/vault/index.ts';
import { fileOf, tables, refused, reader, sealer, tier } from '../../../tests/vectors/vectors.ts';
import * as decoder from './index.ts';

// What neither a reader nor the decoder may accept, and what only the decoder can notice.

describe('refused vectors', () => {
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
      // The other shards are right, so it has to be this one that is refused.
      return decoder.openTable(
        tier,
        tables[0]!.shards.slice(0, case_.count).map(fileOf).with(case_.index, file),
      );
    }
    return decoder.openMedia(tier, case_.path, fileOf(case_.head), () => file.bytes);
  };
  const reasons = (openOrDecode: (case_: (typeof refused)[number]) => unknown) =>
    Promise.all(
      refused.map((case_) =>
        Promise.resolve(case_)
          .then(openOrDecode)
          .then(
            (opened) => `${case_.what}: ${opened === null ? 'null' : 'opens'}`,
            (error: unknown) => `${case_.what}: ${(error as Error).message}`,
          ),
      ),
    );

  test.each(refused)('$what ($open)', async (case_) => {
    if (case_.result === 'null') expect(await open(case_)).toBeNull();
    else await expect(open(case_)).rejects.toThrow();
    expect(() => decode(case_)).toThrow();
  });

  test('give these reasons in the decoder', async () => {
    expect(await reasons(decode)).toMatchInlineSnapshot(`
      [
        "a key of another epoch: violates the format: an envelope must name its key",
        "another path: violates the format: a file must be named after its content",
        "another path under the name it would have there: Unsupported state or unable to authenticate data",
        "an older version under the newer name: violates the format: a file must be named after its content",
        "a head as an object: Unsupported state or unable to authenticate data",
        "an object as a head: Unsupported state or unable to authenticate data",
        "nothing: violates the format: an envelope must start with JHUA",
        "HTML: violates the format: an envelope must start with JHUA",
        "only the clear part: violates the format: a sealed piece must have a tag",
        "no body: violates the format: a sealed piece must have a tag",
        "a byte more: Unsupported state or unable to authenticate data",
        "format version 2: violates the format: an envelope must have version 1",
        "the body of another version: Unsupported state or unable to authenticate data",
        "padding that is not zero: violates the format: padding must be zeros",
        "more content than body: violates the format: content must not be longer than its padding",
        "two sizes that differ: violates the format: content must have the stated size",
        "an unknown encoding: violates the format: an encoding must be 0 or 1",
        "an object with segments: violates the format: an object must not have segments",
        "less text than stated: violates the format: content must have the stated size",
        "more text than stated: violates the format: content must have the stated size",
        "text that does not inflate: unknown compression method",
        "a head with too short segments: violates the format: a head must have segments of 64 KiB",
        "a head that is too long: violates the format: a head must have a salt and a key",
        "a head that is too short: violates the format: a head must have a salt and a key",
        "the second segment as the first: Unsupported state or unable to authenticate data",
        "half a segment: Unsupported state or unable to authenticate data",
        "a shard as another: violates the format: a file must be named after its content",
        "a shard as another under the name it would have there: Unsupported state or unable to authenticate data",
        "a shard of fewer: violates the format: a file must be named after its content",
        "a torn entry: violates the format: a shard must contain whole entries",
        "entries out of order: violates the format: entries must be in ascending order",
        "an entry twice: violates the format: entries must be in ascending order",
        "an entry of another shard: violates the format: an entry must be in its own shard",
        "an entry of unknown kind: violates the format: an entry must be of a known kind",
      ]
    `);
  });

  test('give these reasons in the reader', async () => {
    expect(await reasons(open)).toMatchInlineSnapshot(`
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

/** Faults that a reader can't detect or needn't check. The decoder holds the secret and has to notice them all. */
describe('the decoder notices', () => {
  const path = '/a/';
  const text = utf8('<p>精华</p>');
  const seal = (plain: Header, body: Bytes, padded: number, keys: Partial<SealingKeys> = {}) =>
    sealEnvelope(
      { ...sealer, keyId: reader.keyId, ...keys },
      { kind: KIND.object, path },
      plain,
      body,
      padded,
    );
  const headerOf = (body: Bytes, more: Partial<Header> = {}): Header => ({
    ...{ encoding: ENCODING.plain, size: body.length, packed: body.length, segmentSize: 0 },
    ...{ type: 'application/octet-stream', ...more },
  });
  const shardOf = (index: number, count: number, body: Bytes, padded: number) =>
    sealEnvelope(
      { ...sealer, keyId: reader.keyId, content: sealer.table },
      { kind: KIND.table, path: `table ${index}/${count}` },
      headerOf(body, { type: '' }),
      body,
      padded,
    );

  test('bytes after the end of a compressed text', async () => {
    const packed = new Uint8Array([...(await compress(text)), ...utf8('something else')]);
    const file = await seal(
      headerOf(packed, { encoding: 1, size: text.length, type: 'text/html' }),
      packed,
      1024,
    );
    expect(() => decoder.openObject(tier, path, file)).toThrow('nothing may follow');
    await expect(openObject(reader, path, file)).rejects.toThrow('malformed');
  });

  test.each<[string, () => Promise<SealedFile>, string]>([
    [
      'text that is not compressed',
      () => seal(headerOf(text, { type: 'text/html' }), text, 1024),
      'text must be compressed',
    ],
    ['more padding than there should be', () => seal(headerOf(text), text, 2048), 'padded by Padmé'],
    [
      'a salt that is not derived from the content',
      () => seal(headerOf(text), text, 1024, { salt: text }),
      'a salt must be derived',
    ],
  ])('%s', async (_, sealed, reason) => {
    const file = await sealed();
    expect(() => decoder.openObject(tier, path, file)).toThrow(reason);
    expect((await openObject(reader, path, file))!.bytes).toEqual(text);
  });

  test('a table with more or larger shards than it needs', async () => {
    const none = new Uint8Array();
    expect(decoder.openTable(tier, [await shardOf(0, 1, none, 1024)]).size).toBe(0);
    const two = [await shardOf(0, 2, none, 1024), await shardOf(1, 2, none, 1024)];
    expect(() => decoder.openTable(tier, two)).toThrow('must not have more shards');
    const large = [await shardOf(0, 1, none, 2048)];
    expect(() => decoder.openTable(tier, large)).toThrow('padded to the size of the largest');
  });
});
