import { describe, expect, test } from 'vitest';
import {
  type Bytes,
  deriveTierKeys,
  encodeRoot,
  epochOf,
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
  sealLedger,
  siteTagOf,
  signRoot,
  verifyRoot,
} from '../../src/vault/index.ts';
import {
  fromHex,
  fileOf,
  tokens,
  epochs,
  keys,
  tables,
  keystore,
  ledger,
  rootText,
  secret,
  epoch,
  rawKeys,
  sealers,
  readers,
  placesIn,
  flips,
  expectRefusals,
} from '../../tests/vectors/vectors.ts';
import { sealKeyStoreFast } from '../lib/record-threads.ts';
import * as decoder from './decoder.ts';

// Who opens it: tokens, epochs, keys, the key store, the ledger and the root.

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
    expect(await sealKeyStore({ secret, epoch, tiers: sealers, members })).toEqual(shards);
    for (const threads of [1, 3]) {
      expect(await sealKeyStoreFast({ secret, epoch, tiers: sealers, members }, threads)).toEqual(shards);
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
    for (const { reader: tierReader } of sealers) expect(await verifyRoot(root, tierReader)).toBe(true);
    for (const { tier: name } of keys) {
      expect(decoder.verifyRoot(decoder.tierFrom(secret, name, epoch), bytes)).toBe(true);
    }
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
