import { expect, test } from 'vitest';
import { epochOf } from './epoch.ts';
import { SECRET } from './testkit.ts';

const lin = { id: 'lin', serial: 1, tier: 'members' };
const wei = { id: 'wei', serial: 2, tier: 'members' };

test('the epoch depends on the set of revoked tokens, but not on their order', async () => {
  const epoch = await epochOf(SECRET, [lin, wei]);
  expect(epoch).toMatch(/^[0-9a-f]{32}$/);
  expect(await epochOf(SECRET, [wei, lin, wei])).toBe(epoch);
});

test('a site can have revoked 200,000 tokens', async () => {
  const many = Array.from({ length: 200_000 }, (_, i) => ({ id: `m${i}`, serial: 1, tier: 'members' }));
  expect(await epochOf(SECRET, many)).toMatch(/^[0-9a-f]{32}$/);
});

test('a change of id, serial, tier or secret, or a further revoked token, changes the epoch', async () => {
  const epochs = await Promise.all([
    epochOf(SECRET, []),
    epochOf(SECRET, [lin]),
    epochOf(SECRET, [lin, wei]),
    epochOf(SECRET, [{ ...lin, id: 'li' }]),
    epochOf(SECRET, [{ ...lin, serial: 2 }]),
    epochOf(SECRET, [{ ...lin, tier: 'patrons' }]),
    epochOf(new Uint8Array(32), [lin]),
  ]);
  expect(new Set(epochs).size).toBe(epochs.length);
});
