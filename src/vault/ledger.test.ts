import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { KIND } from './cipher.ts';
import { ENCODING, sealEnvelope } from './envelope.ts';
import { ledgerKeys, openLedger, sealLedger } from './ledger.ts';
import { flipped, SECRET } from './testkit.ts';

const lines = [
  { id: '林夏', serial: 1, tier: 'members', removed: '2026-01-02' },
  { id: 'wei', serial: 2, tier: 'patrons' },
  { id: 'wei', serial: 1, tier: 'members' },
];

test('the ledger opens sorted by id and serial, whatever the order in which it was sealed', async () => {
  const sealed = await sealLedger(SECRET, lines);
  expect(await openLedger(SECRET, sealed)).toEqual([...lines].reverse());
  expect(await sealLedger(SECRET, [...lines].reverse())).toEqual(sealed);
});

test('another secret opens nothing, and an altered ledger is refused', async () => {
  const sealed = await sealLedger(SECRET, lines);
  expect(await openLedger(new Uint8Array(32), sealed)).toBeNull();
  await expect(openLedger(SECRET, { ...sealed, bytes: flipped(sealed.bytes, 300) })).rejects.toThrow();
});

test('the content is padded to a power of two, so that its size says no more about members than the key store', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({ id: `${i * i}`, serial: 1, tier: 'members' }));
  expect((await sealLedger(SECRET, lines)).bytes).toHaveLength(221 + 4096 + 16);
  expect((await sealLedger(SECRET, many)).bytes).toHaveLength(221 + 16384 + 16);
});

test.each([
  ['an object in place of the list', {}],
  ['a row that is not a list', ['wei']],
  ['a row that is a list in an object', [{ 0: 'wei', 1: 1, 2: 'members', 3: null }]],
  ['a row that is too short', [['wei', 1, 'members']]],
  ['a row that is too long', [['wei', 1, 'members', null, '']]],
  ['an id that is not text', [[1, 1, 'members', null]]],
  ['a serial that is not an integer', [['wei', 1.5, 'members', null]]],
  ['a tier that is not text', [['wei', 1, null, null]]],
  ['a malformed date', [['wei', 1, 'members', 'today']]],
])('a ledger sealed with the operator’s own key is refused with %s', async (_, rows) => {
  const keys = await ledgerKeys(SECRET);
  const plain = utf8(JSON.stringify(rows));
  const packed = await keys.primitives.compress(plain);
  const header = { encoding: ENCODING.deflate, size: plain.length, packed: packed.length, segmentSize: 0 };
  const place = { kind: KIND.ledger, path: 'ledger' };
  const sealed = await sealEnvelope(keys, place, { ...header, type: 'application/json' }, packed, 4096);
  await expect(openLedger(SECRET, sealed)).rejects.toThrow(/^ledger (?:is no list|row is malformed)$/);
});
