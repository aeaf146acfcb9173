import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/vault/bytes.ts';
import { KIND } from '../../../src/vault/cipher.ts';
import { compress } from '../../../src/vault/compression.ts';
import { sealEnvelope } from '../../../src/vault/envelope.ts';
import { ledgerKeys } from '../../../src/vault/ledger.ts';
import {
  type Bytes,
  deriveTierKeys,
  encodeReminders,
  encodeRoot,
  epochOf,
  findLastDay,
  importToken,
  issueToken,
  keyStoreShardOf,
  type KeyRecord,
  type KeyStoreMember,
  openLedger,
  openRecord,
  parseRoot,
  parseToken,
  sealKeyStore,
  type SealedFile,
  sealLedger,
  siteTagOf,
  signRoot,
  verifyRoot,
} from '../../../src/vault/index.ts';
import { flipped } from '../../../src/vault/testkit.ts';
import {
  fromBase64,
  fromHex,
  fileOf,
  tokens,
  epochs,
  keys,
  tables,
  keystore,
  ledger,
  reminders,
  rootText,
  secret,
  epoch,
  rawKeys,
  sealers,
  readers,
  placesIn,
  flips,
  expectRefusals,
} from '../../../tests/vectors/vectors.ts';
import { nodePrimitives } from '../../lib/primitives.ts';
import { sealKeyStoreFast } from '../../lib/record-threads.ts';
import * as decoder from './index.ts';

// Access: tokens, epochs, keys, the key store, the reminders, the ledger and the root.

describe('tokens', () => {
  test.each(tokens.issued)('$id $serial is issued as $token', async ({ id, serial, token, bits }) => {
    expect(await issueToken(secret, id, serial)).toBe(token);
    expect(parseToken(token)).toEqual({ siteTag: tokens.siteTag, bits: fromHex(bits), text: token });
    expect(decoder.tokenFrom(secret, id, serial).toString('hex')).toBe(bits);
    expect(decoder.printToken(secret, fromHex(bits))).toBe(token);
  });

  test('other spellings are accepted, and slips are not', async () => {
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

describe('the key store', () => {
  const shards = keystore.shards.map(fileOf);
  const shard = shards[0]!;
  const recordSize = (shard.bytes.length - 7) / 160;
  const expected = (member: KeyStoreMember): KeyRecord =>
    'notice' in member
      ? { notice: member.notice, date: member.date }
      : { keys: rawKeys.slice(0, rawKeys.findIndex((key) => key.tier === member.tier) + 1) };

  test.each(keystore.members)(
    'gives the record of $id $serial to the reader and to the decoder',
    async (member) => {
      const bits = decoder.tokenFrom(secret, member.id, member.serial);
      const token = await importToken(parseToken(await issueToken(secret, member.id, member.serial))!);
      const index = await keyStoreShardOf(token, epoch, shards.length);
      expect(await openRecord(token, epoch, shards[index]!.bytes)).toEqual(expected(member));
      const decoded = decoder.openKeyRecord(bits, epoch, shards);
      expect(bytesToHex(decoded)).toEqual(bytesToHex(expected(member)));
    },
  );

  test('has no record for a stranger, and no record beyond those of its members', async () => {
    const token = await importToken(parseToken(await issueToken(secret, 'nobody', 1))!);
    expect(await openRecord(token, epoch, shard.bytes)).toBeNull();
    expect(decoder.openKeyRecord(decoder.tokenFrom(secret, 'nobody', 1), epoch, shards)).toBeNull();
    const records = decoder.openKeyStore(secret, epoch, shards, keystore.members);
    expect(bytesToHex(records)).toEqual(bytesToHex(keystore.members.map(expected)));
    for (const issued of [keystore.members.slice(1), [...keystore.members, { id: 'nobody', serial: 1 }]]) {
      expect(() => decoder.openKeyStore(secret, epoch, shards, issued)).toThrow('every record a token');
    }
  });

  test('is sealed to the same bytes as the vector', async () => {
    const { members } = keystore;
    expect(await sealKeyStore({ secret, epoch, tiers: sealers, members })).toEqual(shards);
    for (const threads of [1, 3]) {
      expect(await sealKeyStoreFast({ secret, epoch, tiers: sealers, members }, threads)).toEqual(shards);
    }
  });

  test('is refused with a flipped bit in the member’s record', async () => {
    const { id, serial } = keystore.members[0]!;
    const bits = decoder.tokenFrom(secret, id, serial);
    const token = await importToken(parseToken(await issueToken(secret, id, serial))!);
    const starts = Array.from({ length: 160 }, (_, i) => 7 + i * recordSize);
    const first = await firstThatMatters(starts, async (start) => {
      return openRecord(token, epoch, flipped(shard.bytes, start + 20)).then(
        () => false,
        () => true,
      );
    });
    for (let at = first; at < first + recordSize; at++) {
      const bytes = flipped(shard.bytes, at);
      if (at < first + 16) expect(await openRecord(token, epoch, bytes)).toBeNull();
      else await expect(openRecord(token, epoch, bytes)).rejects.toThrow();
      expect(() => decoder.openKeyRecord(bits, epoch, [{ ...shard, bytes }])).toThrow(
        'must be named after its digest',
      );
      // Under the name that the changed bytes would have, the record itself has to fail.
      const decode = () => decoder.openKeyRecord(bits, epoch, [named(bytes)]);
      if (at < first + 16) expect(decode()).toBeNull();
      else expect(decode).toThrow('unable to authenticate');
    }
    expect(await openRecord(token, epoch, shard.bytes)).not.toBeNull();
    expect(decoder.openKeyRecord(bits, epoch, [named(shard.bytes)])).not.toBeNull();
  });

  test('is refused with more shards than its members need', async () => {
    const others = Array.from({ length: 101 }, (_, i) => ({ id: `m${i}`, serial: 1, tier: 'members' }));
    const two = await sealKeyStoreFast({ secret, epoch, tiers: sealers, members: others });
    expect(two.length).toBe(2);
    expect(decoder.openKeyStore(secret, epoch, two, others).length).toBe(101);
    expect(() => decoder.openKeyStore(secret, epoch, two, others.slice(1))).toThrow(
      'must not have more shards',
    );
  });
});

describe('the list of reminders', () => {
  const { date, days, endings } = reminders;
  const list = fromBase64(reminders.list);

  test('is encoded to the same bytes as the vector', async () => {
    expect(await encodeReminders(secret, date, endings)).toEqual(list);
    expect(await encodeReminders(secret, date, endings, nodePrimitives)).toEqual(list);
    expect(decoder.remindersFrom(secret, date, endings).equals(list)).toBe(true);
  });

  test.each(endings)('tells $id that $lastDay is the last day', async ({ id, serial, lastDay }) => {
    const token = await importToken(parseToken(await issueToken(secret, id, serial))!);
    expect(await findLastDay(list, token, days)).toBe(lastDay);
  });
});

describe('the ledger', () => {
  const file = fileOf(ledger);

  test('opens in the reader and in the decoder, and is sealed to the same list', async () => {
    const sorted = [...ledger.issued].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(await openLedger(secret, file)).toEqual(sorted);
    expect(decoder.openLedger(secret, file)).toEqual(sorted);
    expect(await openLedger(secret, await sealLedger(secret, ledger.issued))).toEqual(sorted);
  });

  test('is refused with a flipped bit', () =>
    expectRefusals(
      file,
      (altered) => openLedger(secret, altered),
      (altered) => decoder.openLedger(secret, altered),
    ));

  test.each([
    ['rows out of order', '[["b",1,"members",null],["a",1,"members",null]]', {}, 'in order'],
    ['white space', '[["a", 1, "members", null]]', {}, 'in order'],
    ['a row of five fields', '[["a",1,"members",null,0]]', {}, 'in order'],
    ['segments', '[]', { segmentSize: 1 }, 'must not have segments'],
    ['another type', '[]', { type: 'text/plain' }, 'compressed JSON'],
  ])('is refused by the decoder with %s', async (_, text, more, reason) => {
    const plain = utf8(text);
    const body = await compress(plain);
    const header = {
      encoding: 1,
      size: plain.length,
      packed: body.length,
      segmentSize: 0,
      type: 'application/json',
      ...more,
    };
    const place = { kind: KIND.ledger, path: 'ledger' };
    const sealed = await sealEnvelope(await ledgerKeys(secret), place, header, body, 4096);
    expect(() => decoder.openLedger(secret, sealed)).toThrow(reason);
  });
});

describe('the root', () => {
  const bytes = utf8(rootText);
  const tiers = keys.map(({ tier }) => decoder.tierFrom(secret, tier, epoch));

  test('is parsed and verified by the reader and the decoder, and written back the same', async () => {
    const root = parseRoot(bytes);
    expect(encodeRoot(root)).toEqual(bytes);
    expect({ format: 1, ...decoder.readRoot(bytes) }).toEqual(root);
    for (const { reader: tierReader } of sealers) expect(await verifyRoot(root, tierReader)).toBe(true);
    for (const one of tiers) expect(decoder.verifyRoot(one, bytes)).toBe(true);
    expect(await signRoot(root, sealers)).toEqual(root);
  });

  test('names the other vectors', () => {
    const root = parseRoot(bytes);
    expect(root).toMatchObject({ epoch, siteTag: tokens.siteTag, ledger: ledger.name });
    expect(root.keystore).toEqual(keystore.shards.map(({ name }) => name));
    expect(keys.map(({ keyId }) => root.tables[keyId]!.shards)).toEqual(
      tables.map(({ shards }) => shards.map(({ name }) => name)),
    );
  });

  test('does not parse or does not verify with any bit flipped', async () => {
    const verifies = async (candidate: Bytes): Promise<boolean> => {
      try {
        const root = parseRoot(candidate);
        const answers = await Promise.all(readers.map((tierReader) => verifyRoot(root, tierReader)));
        return answers.every(Boolean);
      } catch {
        return false;
      }
    };
    const decodes = (candidate: Bytes): boolean => {
      try {
        decoder.readRoot(candidate);
        return tiers.every((one) => decoder.verifyRoot(one, candidate));
      } catch {
        return false;
      }
    };
    for (const flip of flips({ name: '', bytes }, placesIn(bytes, [[0, bytes.length]], 0))) {
      expect(await verifies(flip.file.bytes), `byte ${flip.at}`).toBe(false);
      expect(decodes(flip.file.bytes), `byte ${flip.at}`).toBe(false);
    }
    expect(await verifies(bytes)).toBe(true);
    expect(decodes(bytes)).toBe(true);
  });

  test.each([
    ['an extra field', (text: string) => text.replace('"build"', '"more":1,"build"')],
    ['an extra field in a table', (text: string) => text.replace('"shards"', '"more":1,"shards"')],
    ['white space', (text: string) => text.replace(',"build"', ', "build"')],
    ['fields in another order', (text: string) => text.replace(/("worker":\d+),("build":\d+)/, '$2,$1')],
    ['a repeated field', (text: string) => text.replace('"build"', '"build":1,"build"')],
    ['a missing line end', (text: string) => text.trimEnd()],
    ['a negative number', (text: string) => text.replace('"build":', '"build":-')],
    ['a malformed date', (text: string) => text.replace(/"date":"[^"]+"/, '"date":"today"')],
    [
      'a key store of three shards',
      (text: string) => text.replace(/"keystore":\["(\w+)"/, '"keystore":["$1","$1","$1"'),
    ],
    [
      'a path in place of a name',
      (text: string) => text.replace(/"keystore":\["\w+"/, '"keystore":["../root"'),
    ],
  ])('is refused with %s', (_, change) => {
    const changed = utf8(change(rootText));
    expect(changed).not.toEqual(bytes);
    expect(() => parseRoot(changed)).toThrow();
    expect(() => decoder.readRoot(changed)).toThrow('violates the format');
  });
});

/** Names a key store shard by the digest of its bytes. */
function named(bytes: Bytes): SealedFile {
  return { name: createHash('sha256').update(bytes).digest('hex').slice(0, 32), bytes };
}

/** Writes byte strings as hex, so that Buffers and arrays compare equal. */
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
