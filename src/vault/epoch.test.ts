import { expect, test } from 'vitest';
import { epochOf } from './epoch.ts';
import { SECRET } from './testkit.ts';

const lin = { id: 'lin', serial: 1, tier: 'members' };
const wei = { id: 'wei', serial: 2, tier: 'members' };

test('the epoch follows from the set of revoked tokens, in whatever order they come', async () => {
  const epoch = await epochOf(SECRET, [lin, wei]);
  expect(epoch).toMatch(/^[0-9a-f]{32}$/);
  expect(await epochOf(SECRET, [wei, lin, wei])).toBe(epoch);
});

test('id, serial, tier, a further one and the secret each change it', async () => {
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
