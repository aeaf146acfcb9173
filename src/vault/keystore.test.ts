import { expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { deriveTierKeys, type TierKeys } from './keys.ts';
import {
  type KeyRecord,
  type KeyStoreMember,
  keyStoreShardOf,
  openRecord,
  sealKeyStore,
} from './keystore.ts';
import type { SealedFile } from './name.ts';
import { EPOCH, flipped, SECRET } from './testkit.ts';
import { importToken, issueToken, parseToken, type TokenKey } from './token.ts';

const tiers = await Promise.all(['members', 'patrons'].map((tier) => deriveTierKeys(SECRET, tier, EPOCH)));
const raw = tiers.map(({ tier, epoch, content, name, table }): TierKeys => ({
  tier,
  epoch,
  content,
  name,
  table,
}));
const people: KeyStoreMember[] = [
  { id: 'lin', serial: 1, tier: 'members' },
  { id: 'wei', serial: 1, notice: 'removed', date: '2026-03-01' },
  { id: 'wei', serial: 2, tier: 'patrons' },
  { id: 'gu', serial: 1, notice: 'expired', date: '2026-01-31' },
];
const seal = (members: KeyStoreMember[], epoch = EPOCH) =>
  sealKeyStore({ secret: SECRET, epoch, tiers, members });

async function keyOf(id: string, serial: number): Promise<TokenKey> {
  return importToken(parseToken(await issueToken(SECRET, id, serial))!);
}
async function open(
  store: SealedFile[],
  id: string,
  serial: number,
  epoch = EPOCH,
): Promise<KeyRecord | null> {
  const token = await keyOf(id, serial);
  return openRecord(token, epoch, store[await keyStoreShardOf(token, epoch, store.length)]!.bytes);
}
function recordsOf(bytes: Bytes): string[] {
  const size = bytes[5]! * 256 + bytes[6]!;
  return Array.from({ length: (bytes.length - 7) / size }, (_, i) =>
    bytes.subarray(7 + i * size, 7 + (i + 1) * size).join(),
  );
}

test('each token opens the keys of its tier and of the tiers below, or its notice', async () => {
  const store = await seal(people);
  expect(await open(store, 'lin', 1)).toEqual({ keys: raw.slice(0, 1) });
  expect(await open(store, 'wei', 2)).toEqual({ keys: raw });
  expect(await open(store, 'wei', 1)).toEqual({ notice: 'removed', date: '2026-03-01' });
  expect(await open(store, 'gu', 1)).toEqual({ notice: 'expired', date: '2026-01-31' });
  expect(await open(store, 'gu', 2)).toBeNull();
  expect(await open(store, 'lin', 1, '0'.repeat(32))).toBeNull();
});

test('four members or none make one shard of 160 records', async () => {
  for (const store of [await seal(people), await seal([])]) {
    expect(store).toHaveLength(1);
    expect(recordsOf(store[0]!.bytes)).toHaveLength(160);
  }
});

test('the order of members changes nothing, a new member replaces one decoy, and a new epoch replaces every record', async () => {
  const store = await seal(people);
  expect(await seal([...people].reverse())).toEqual(store);
  const records = new Set(recordsOf(store[0]!.bytes));
  const more = recordsOf((await seal([...people, { id: 'new', serial: 1, tier: 'members' }]))[0]!.bytes);
  expect(more.filter((record) => !records.has(record))).toHaveLength(1);
  const next = recordsOf((await seal(people, '0'.repeat(32)))[0]!.bytes);
  expect(next.some((record) => records.has(record))).toBe(false);
});

test('five hundred members are found again in eight shards of one size', async () => {
  const many = Array.from({ length: 500 }, (_, i) => ({ id: `m${i}`, serial: 1, tier: 'members' }));
  const store = await seal(many);
  expect(store).toHaveLength(8);
  expect(new Set(store.map(({ bytes }) => bytes.length)).size).toBe(1);
  for (const { id } of many.filter((_, i) => i % 25 === 0)) {
    expect(await open(store, id, 1)).toEqual({ keys: raw.slice(0, 1) });
  }
  expect(await open(store, 'm500', 1)).toBeNull();
});

test('an altered record is refused, and others still open', async () => {
  const [shard] = await seal(people);
  const token = await keyOf('lin', 1);
  const size = shard!.bytes[5]! * 256 + shard!.bytes[6]!;
  const mine = (
    await Promise.all(
      Array.from({ length: 160 }, async (_, i) => {
        const altered = flipped(shard!.bytes, 7 + i * size + 100);
        return openRecord(token, EPOCH, altered).then(
          () => [],
          () => [i],
        );
      }),
    )
  ).flat();
  expect(mine).toHaveLength(1);
  const start = 7 + mine[0]! * size;
  for (let at = start + 16; at < start + size; at += 5) {
    await expect(openRecord(token, EPOCH, flipped(shard!.bytes, at))).rejects.toThrow('do not authenticate');
  }
});

test('a malformed shard is refused', async () => {
  const [{ bytes }] = (await seal(people)) as [SealedFile];
  const token = await keyOf('lin', 1);
  await expect(openRecord(token, EPOCH, bytes.subarray(0, 6))).rejects.toThrow('truncated');
  await expect(openRecord(token, EPOCH, bytes.subarray(0, -1))).rejects.toThrow('torn record');
  await expect(openRecord(token, EPOCH, flipped(bytes, 0))).rejects.toThrow('not a key store shard');
  await expect(openRecord(token, EPOCH, flipped(bytes, 4))).rejects.toThrow('unknown format version');
  const tiny = bytes.slice();
  tiny.set([0, 0], 5);
  await expect(openRecord(token, EPOCH, tiny)).rejects.toThrow('too small');
});

test('refuses to seal an unknown tier, a token named twice, a tier name that is too long or a malformed date', async () => {
  await expect(seal([{ id: 'a', serial: 1, tier: 'vip' }])).rejects.toThrow('unknown tier "vip"');
  await expect(seal([people[0]!, people[0]!])).rejects.toThrow('named twice');
  await expect(seal([{ id: 'a', serial: 1, notice: 'removed', date: 'today' }])).rejects.toThrow(
    'YYYY-MM-DD',
  );
  const long = { ...raw[0]!, tier: 'a'.repeat(33) };
  await expect(sealKeyStore({ secret: SECRET, epoch: EPOCH, tiers: [long], members: [] })).rejects.toThrow(
    RangeError,
  );
});
