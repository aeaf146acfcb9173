import { expect, test } from 'vitest';
import { openLedger, sealLedger } from './ledger.ts';
import { flipped, SECRET } from './testkit.ts';

const lines = [
  { id: '林夏', serial: 1, tier: 'members', removed: '2026-01-02' },
  { id: 'wei', serial: 2, tier: 'patrons' },
  { id: 'wei', serial: 1, tier: 'members' },
];

test('the ledger comes back sorted by id and serial, whatever the order', async () => {
  const sealed = await sealLedger(SECRET, lines);
  expect(await openLedger(SECRET, sealed)).toEqual([...lines].reverse());
  expect(await sealLedger(SECRET, [...lines].reverse())).toEqual(sealed);
});

test('another secret has nothing to open, and an altered one is refused', async () => {
  const sealed = await sealLedger(SECRET, lines);
  expect(await openLedger(new Uint8Array(32), sealed)).toBeNull();
  await expect(openLedger(SECRET, { ...sealed, bytes: flipped(sealed.bytes, 300) })).rejects.toThrow();
});

test('its size is a power of two, so that it counts members no better than the key store', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({ id: `${i * i}`, serial: 1, tier: 'members' }));
  expect((await sealLedger(SECRET, lines)).bytes).toHaveLength(221 + 4096 + 16);
  expect((await sealLedger(SECRET, many)).bytes).toHaveLength(221 + 16384 + 16);
});
