import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  deriveTierKeys,
  encodeRoot,
  epochOf,
  importTierKeys,
  importToken,
  issueToken,
  keyStoreShardOf,
  type KeyRecord,
  type KeyStoreMember,
  lookup,
  openLedger,
  openMediaHead,
  openObject,
  openRecord,
  openSegment,
  openTableShard,
  parseRoot,
  parseToken,
  sealKeyStore,
  sealLedger,
  sealMedia,
  sealObject,
  sealTable,
  siteTagOf,
  signRoot,
  type TableEntry,
  tableShardOf,
  type TierKeys,
  verifyRoot,
} from '../../src/vault/index.ts';
import { sealKeyStoreFast } from '../lib/record-threads.ts';
import * as decoder from './decoder.ts';

type Bytes = Uint8Array<ArrayBuffer>;
interface Encoded {
  name: string;
  bytes: string;
}

function vector(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}.json`, import.meta.url), 'utf8'));
}
const fromBase64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64'));
const fromHex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'));
const fileOf = ({ name, bytes }: Encoded) => ({ name, bytes: fromBase64(bytes) });

const tokens = vector('token') as {
  secret: string;
  siteTag: number;
  issued: { id: string; serial: number; token: string; bits: string }[];
  accepted: string[];
  mistyped: string[];
};
const epochs = vector('epoch') as {
  revoked: { id: string; serial: number; tier: string }[];
  epoch: string;
}[];
const keys = vector('keys') as Record<'tier' | 'epoch' | 'content' | 'name' | 'table' | 'keyId', string>[];
const objects = vector('object') as (Encoded & { path: string; type: string; plain: string })[];
const media = vector('media') as {
  path: string;
  type: string;
  size: number;
  head: Encoded;
  segments: Encoded[];
}[];
const tables = vector('table') as {
  tier: string;
  entries: (TableEntry & { path: string })[];
  shards: Encoded[];
}[];
const keystore = vector('keystore') as { members: KeyStoreMember[]; shards: Encoded[] };
const ledger = vector('ledger') as Encoded & { issued: { id: string; serial: number; tier: string }[] };
const rootText = (vector('root') as { text: string }).text;
const refused = vector('refused') as (Encoded & {
  what: string;
  open: 'object' | 'media' | 'segment' | 'table';
  result?: 'null';
  path: string;
  index: number;
  count: number;
  head: Encoded;
})[];

const secret = fromHex(tokens.secret);
const epoch = keys[0]!.epoch;
const rawKeys = keys.map(({ tier, epoch, content, name, table }): TierKeys => {
  return { tier, epoch, content: fromHex(content), name: fromHex(name), table: fromHex(table) };
});
const secrets = await Promise.all(keys.map(({ tier }) => deriveTierKeys(secret, tier, epoch)));
// Opening uses the keys that stand in the vector, not derived ones.
const readers = await Promise.all(rawKeys.map(importTierKeys));
const reader = readers[0]!;
const sealer = secrets[0]!;
const tier = decoder.tierFrom(secret, 'members', epoch);

/** The bytes that {@link flips} turns: every one of `dense`, and some of the others, the same each time. */
function placesIn(bytes: Bytes, dense: [from: number, to: number][], others = 48): number[] {
  const places = dense.flatMap(([from, to]) =>
    Array.from({ length: to - from }, (_, i) => (from < 0 ? bytes.length : 0) + from + i),
  );
  let state = 7;
  for (let i = 0; i < others; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    places.push(state % bytes.length);
  }
  return places;
}

/** The file with one bit turned at a time. */
function* flips(file: { name: string; bytes: Bytes }, places: number[]) {
  for (const at of places) {
    const bytes = file.bytes.slice();
    bytes[at]! ^= 1 << (at % 8);
    yield { at, file: { name: file.name, bytes } };
  }
}

const ENVELOPE_DENSE: [number, number][] = [
  [0, 221],
  [-16, 0],
];
const isKeyId = (at: number) => at >= 5 && at < 13;

/** Asserts that neither implementation opens the file with a bit turned, and that both open it untouched. */
async function expectRefusals(
  file: { name: string; bytes: Bytes },
  open: (file: { name: string; bytes: Bytes }) => Promise<unknown>,
  decode: (file: { name: string; bytes: Bytes }) => unknown,
): Promise<void> {
  for (const flip of flips(file, placesIn(file.bytes, ENVELOPE_DENSE))) {
    if (isKeyId(flip.at)) expect(await open(flip.file)).toBeNull();
    else await expect(open(flip.file), `byte ${flip.at}`).rejects.toThrow();
    expect(() => decode(flip.file), `byte ${flip.at}`).toThrow();
  }
  expect(await open(file)).not.toBeNull();
  decode(file);
}

describe('tokens', () => {
  test.each(tokens.issued)('$id $serial is issued as $token', async ({ id, serial, token, bits }) => {
    expect(await issueToken(secret, id, serial)).toBe(token);
    expect(parseToken(token)).toEqual({ siteTag: tokens.siteTag, bits: fromHex(bits), text: token });
    expect(decoder.tokenFrom(secret, id, serial).toString('hex')).toBe(bits);
    expect(decoder.printToken(secret, fromHex(bits))).toBe(token);
  });

  test('spellings are accepted and slips are not', async () => {
    expect(await siteTagOf(secret)).toBe(tokens.siteTag);
    for (const text of tokens.accepted) expect(parseToken(text)?.text).toBe(tokens.issued[0]!.token);
    for (const text of tokens.mistyped) expect(parseToken(text)).toBeNull();
  });
});

test.each(epochs)('the epoch is $epoch', async ({ revoked, epoch }) => {
  expect(await epochOf(secret, revoked)).toBe(epoch);
  expect(decoder.epochFrom(secret, revoked)).toBe(epoch);
});

test.each(keys)('the keys of $tier follow from the secret', async (expected) => {
  const { content, name, table } = await deriveTierKeys(secret, expected.tier, expected.epoch);
  const again = decoder.tierFrom(secret, expected.tier, expected.epoch);
  for (const derived of [{ content, name, table }, again]) {
    expect(Buffer.from(derived.content).toString('hex')).toBe(expected.content);
    expect(Buffer.from(derived.name).toString('hex')).toBe(expected.name);
    expect(Buffer.from(derived.table).toString('hex')).toBe(expected.table);
  }
  expect(readers.map(({ keyId }) => keyId)).toContain(expected.keyId);
  expect(decoder.keyIdFrom(again.content)).toBe(expected.keyId);
});

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
  const tierSealer = secrets.find((candidate) => candidate.tier === name)!;
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

describe('the key store', () => {
  const shards = keystore.shards.map(fileOf);
  const shard = shards[0]!;
  const recordSize = (shard.bytes.length - 7) / 160;
  const expected = (member: KeyStoreMember): KeyRecord =>
    'notice' in member
      ? { notice: member.notice, date: member.date }
      : { keys: rawKeys.slice(0, rawKeys.findIndex((key) => key.tier === member.tier) + 1) };

  test.each(keystore.members)('has the record of $id $serial in both', async (member) => {
    const bits = decoder.tokenFrom(secret, member.id, member.serial);
    const token = await importToken(parseToken(await issueToken(secret, member.id, member.serial))!);
    const index = await keyStoreShardOf(token, epoch, shards.length);
    expect(await openRecord(token, epoch, shards[index]!.bytes)).toEqual(expected(member));
    const decoded = decoder.openKeyRecord(bits, epoch, shards);
    expect(bytesToHex(decoded)).toEqual(bytesToHex(expected(member)));
  });

  test('has no record of others, and none that nobody accounts for', async () => {
    const token = await importToken(parseToken(await issueToken(secret, 'nobody', 1))!);
    expect(await openRecord(token, epoch, shard.bytes)).toBeNull();
    expect(decoder.openKeyRecord(decoder.tokenFrom(secret, 'nobody', 1), epoch, shards)).toBeNull();
    const records = decoder.openKeyStore(secret, epoch, shards, keystore.members);
    expect(bytesToHex(records)).toEqual(bytesToHex(keystore.members.map(expected)));
    for (const issued of [keystore.members.slice(1), [...keystore.members, { id: 'nobody', serial: 1 }]]) {
      expect(() => decoder.openKeyStore(secret, epoch, shards, issued)).toThrow('every record a token');
    }
  });

  test('is sealed to the same bytes', async () => {
    const { members } = keystore;
    expect(await sealKeyStore({ secret, epoch, tiers: secrets, members })).toEqual(shards);
    for (const threads of [1, 3]) {
      expect(await sealKeyStoreFast({ secret, epoch, tiers: secrets, members }, threads)).toEqual(shards);
    }
  });

  test('is refused with a bit of a record turned', async () => {
    const { id, serial } = keystore.members[0]!;
    const bits = decoder.tokenFrom(secret, id, serial);
    const token = await importToken(parseToken(await issueToken(secret, id, serial))!);
    const store = Buffer.from(shard.bytes);
    const starts = Array.from({ length: 160 }, (_, i) => 7 + i * recordSize);
    const first = await firstThatMatters(starts, async (start) => {
      const altered = new Uint8Array(store.with(start + 20, store[start + 20]! ^ 1));
      return openRecord(token, epoch, altered).then(
        () => false,
        () => true,
      );
    });
    for (let at = first; at < first + recordSize; at++) {
      const bytes = shard.bytes.slice();
      bytes[at]! ^= 1 << (at % 8);
      if (at < first + 16) expect(await openRecord(token, epoch, bytes)).toBeNull();
      else await expect(openRecord(token, epoch, bytes)).rejects.toThrow();
      expect(() => decoder.openKeyRecord(bits, epoch, [{ ...shard, bytes }])).toThrow();
    }
    expect(await openRecord(token, epoch, shard.bytes)).not.toBeNull();
  });
});

describe('the ledger', () => {
  const file = fileOf(ledger);

  test('opens in both and is sealed to the same list', async () => {
    const sorted = [...ledger.issued].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(await openLedger(secret, file)).toEqual(sorted);
    expect(decoder.openLedger(secret, file)).toEqual(sorted);
    expect(await openLedger(secret, await sealLedger(secret, ledger.issued))).toEqual(sorted);
  });

  test('is refused with a bit turned', () =>
    expectRefusals(
      file,
      (altered) => openLedger(secret, altered),
      (altered) => decoder.openLedger(secret, altered),
    ));
});

describe('the root', () => {
  const bytes = new TextEncoder().encode(rootText);

  test('is parsed, spelled and verified in both', async () => {
    const root = parseRoot(bytes);
    expect(encodeRoot(root)).toEqual(bytes);
    for (const { reader: tierReader } of secrets) expect(await verifyRoot(root, tierReader)).toBe(true);
    for (const { tier: name } of keys) {
      expect(decoder.verifyRoot(decoder.tierFrom(secret, name, epoch), bytes)).toBe(true);
    }
    expect(await signRoot(root, secrets)).toEqual(root);
  });

  test('names the other vectors', () => {
    const root = parseRoot(bytes);
    expect(root).toMatchObject({ epoch, siteTag: tokens.siteTag, ledger: ledger.name });
    expect(root.keystore).toEqual(keystore.shards.map(({ name }) => name));
    expect(keys.map(({ keyId }) => root.tables[keyId]!.shards)).toEqual(
      tables.map(({ shards }) => shards.map(({ name }) => name)),
    );
  });

  test('is refused with any bit turned: it does not parse or does not verify', async () => {
    const verifies = async (candidate: Bytes): Promise<boolean> => {
      try {
        const root = parseRoot(candidate);
        const answers = await Promise.all(readers.map((tierReader) => verifyRoot(root, tierReader)));
        return answers.every(Boolean);
      } catch {
        return false;
      }
    };
    for (const flip of flips({ name: '', bytes }, placesIn(bytes, [[0, bytes.length]], 0))) {
      expect(await verifies(flip.file.bytes), `byte ${flip.at}`).toBe(false);
    }
    expect(await verifies(bytes)).toBe(true);
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

/** Byte strings as hex, so that Buffers and arrays compare equal. */
function bytesToHex(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(bytesToHex);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bytesToHex(inner)]));
}

async function firstThatMatters(
  starts: number[],
  matters: (start: number) => Promise<boolean>,
): Promise<number> {
  for (const start of starts) if (await matters(start)) return start;
  throw new Error('no record matters');
}
