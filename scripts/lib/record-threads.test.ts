import { expect, test } from 'vitest';
import { deriveTierKeys, sealKeyStore, type KeyStoreMember } from '../../src/vault/index.ts';
import { sealKeyStoreFast } from './record-threads.ts';

const secret = new Uint8Array(32).fill(9);
const epoch = '5'.repeat(32);
const tiers = [await deriveTierKeys(secret, 'members', epoch)];
const members = Array.from({ length: 120 }, (_, i): KeyStoreMember =>
  i % 7 === 0
    ? { id: `m${i}`, serial: 1, notice: 'removed', date: '2026-11-01' }
    : { id: `m${i}`, serial: 2, tier: 'members' },
);

test('any number of threads seals the same bytes as WebCrypto', async () => {
  const input = { secret, epoch, tiers, members };
  const expected = await sealKeyStore(input);
  expect(expected).toHaveLength(2);
  for (const threads of [1, 3]) expect(await sealKeyStoreFast(input, threads)).toEqual(expected);
});

test('reports what is wrong with a member as one thread does', async () => {
  const twice = [...members, members[1]!];
  await expect(sealKeyStoreFast({ secret, epoch, tiers, members: twice }, 2)).rejects.toThrow('named twice');
  const nobody = [{ id: 'a', serial: 0, tier: 'members' }];
  await expect(sealKeyStoreFast({ secret, epoch, tiers, members: nobody }, 2)).rejects.toThrow('no serial');
});
