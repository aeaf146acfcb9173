import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { deriveTierKeys } from './keys.ts';
import { encodeRoot, parseRoot, type Root, signRoot, type UnsignedRoot, verifyRoot } from './root.ts';
import { EPOCH, members, SECRET } from './testkit.ts';

const low = await members();
const high = await deriveTierKeys(SECRET, 'patrons', EPOCH);
const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];
const unsigned: UnsignedRoot = {
  format: 1,
  worker: 1,
  build: 7,
  date: '2026-03-01',
  epoch: EPOCH,
  siteTag: 1023,
  keystore: [a],
  tables: { [low.reader.keyId]: { shards: [a, b] }, [high.reader.keyId]: { shards: [c] } },
  ledger: c,
};
const root = await signRoot(unsigned, [low, high]);
const text = new TextDecoder().decode(encodeRoot(root));

test('a root is one line of JSON and is read back the same', () => {
  expect(text).toMatch(/^\{"format":1,"worker":1,"build":7,.*,"ledger":"c{32}"\}\n$/);
  expect(parseRoot(encodeRoot(root))).toEqual(root);
  const without: Partial<typeof root> = { ...root };
  delete without.ledger;
  expect(parseRoot(encodeRoot(without as typeof root))).toEqual(without);
});

test('every tier of a root verifies it, and other tiers, epochs and secrets do not', async () => {
  expect(await verifyRoot(root, low.reader)).toBe(true);
  expect(await verifyRoot(root, high.reader)).toBe(true);
  for (const other of [
    await deriveTierKeys(SECRET, 'vip', EPOCH),
    await deriveTierKeys(SECRET, 'members', '0'.repeat(32)),
    await deriveTierKeys(new Uint8Array(32), 'members', EPOCH),
  ]) {
    expect(await verifyRoot(root, other.reader)).toBe(false);
  }
});

test.each<[string, Partial<typeof root>]>([
  ['an older worker', { worker: 0 }],
  ['another build number', { build: 8 }],
  ['another date', { date: '2026-03-02' }],
  ['another epoch', { epoch: '0'.repeat(32) }],
  ['another site tag', { siteTag: 1 }],
  ['other key store shards', { keystore: [b] }],
  ['another ledger', { ledger: a }],
  ['fewer tables', { tables: { [low.reader.keyId]: root.tables[low.reader.keyId]! } }],
  [
    'the other tier’s shards',
    {
      tables: {
        ...root.tables,
        [low.reader.keyId]: { ...root.tables[low.reader.keyId]!, shards: [b, a] },
      },
    },
  ],
])('a root with %s does not verify', async (_, change) => {
  expect(await verifyRoot({ ...root, ...change }, low.reader)).toBe(false);
});

test('refuses to sign without the keys of every table', async () => {
  await expect(signRoot(unsigned, [low])).rejects.toThrow(RangeError);
});

test.each<[string, string, string]>([
  ['an empty file', '', 'not JSON'],
  ['HTML', '<!doctype html>', 'not JSON'],
  ['null', 'null\n', 'no object'],
  ['a list', '[]\n', 'no object'],
  ['another format', text.replace('"format":1', '"format":2'), 'unknown format version'],
  ['a number as text', text.replace('"build":7', '"build":"7"'), 'malformed build'],
  ['a fraction', text.replace('"build":7', '"build":7.5'), 'malformed build'],
  ['a large number', text.replace('"build":7', '"build":1e300'), 'malformed build'],
  ['a negative number', text.replace('"worker":1', '"worker":-1'), 'malformed worker'],
  ['a large site tag', text.replace('1023', '1024'), 'malformed siteTag'],
  ['a malformed date', text.replace('2026-03-01', '1 March'), 'malformed date'],
  ['an upper-case epoch', text.replace(EPOCH, EPOCH.toUpperCase()), 'malformed epoch'],
  ['an empty key store', text.replace(`["${a}"]`, '[]'), 'malformed keystore'],
  ['a key store of three shards', text.replace(`["${a}"]`, `["${a}","${a}","${a}"]`), 'malformed keystore'],
  ['a path in place of a name', text.replace(`["${a}"]`, '["../../etc/passwd"]'), 'malformed keystore'],
  ['an unknown key id', text.replace(low.reader.keyId, '__proto__'), 'malformed key id'],
  ['a short MAC', text.replace(/"mac":"./, '"mac":"'), 'malformed table'],
  ['a malformed ledger', text.replace(/"ledger":"c/, '"ledger":"'), 'malformed ledger'],
  ['an extra field', text.replace('"worker"', '"extra":0,"worker"'), 'one spelling'],
  ['an extra __proto__', text.replace('"worker"', '"__proto__":{},"worker"'), 'one spelling'],
  ['a repeated field', text.replace('"build":7', '"build":7,"build":7'), 'one spelling'],
  ['another order of fields', text.replace('"worker":1,"build":7', '"build":7,"worker":1'), 'one spelling'],
  ['an extra space', text.replace('"build":7', '"build": 7'), 'one spelling'],
  ['a number in another spelling', text.replace('"build":7', '"build":7.0'), 'one spelling'],
  ['a missing line end', text.trimEnd(), 'one spelling'],
  ['a byte order mark', `\ufeff${text}`, 'not JSON'],
  ['a file that is too large', text + ' '.repeat(4 * 2 ** 20), 'too large'],
])('%s is refused as a root', (_, wrong, message) => {
  expect(() => parseRoot(utf8(wrong))).toThrow(message);
});

/** Parses a root, or returns null when the text is refused. */
function rootIn(candidate: string): Root | null {
  try {
    return parseRoot(utf8(candidate));
  } catch {
    return null;
  }
}

test('every accepted root is written back byte for byte', () => {
  expect(rootIn(text)).toEqual(root);
  const spellsTheSame = (candidate: string) => {
    const read = rootIn(candidate);
    if (read) expect(encodeRoot(read)).toEqual(utf8(candidate));
  };
  // Insertions that JSON allows in some places: a space, a longer number, another field.
  for (let at = 0; at <= text.length; at++) {
    for (const more of [' ', '\n', '0', '.0', 'e0', '"a":0,', ',"a":0'])
      spellsTheSame(text.slice(0, at) + more + text.slice(at));
  }
  fc.assert(
    fc.property(fc.json(), fc.nat(text.length), (json, at) => {
      spellsTheSame(json);
      spellsTheSame(text.slice(0, at) + json + text.slice(at));
    }),
  );
});

test('refuses to write a malformed root', () => {
  expect(() => encodeRoot({ ...root, date: 'soon' })).toThrow('malformed date');
});
