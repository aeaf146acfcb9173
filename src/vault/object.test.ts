import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { KIND } from './cipher.ts';
import { deriveTierKeys, importTierKeys } from './keys.ts';
import { openObject, sealObject } from './object.ts';
import type { Primitives } from './primitives.ts';
import { EPOCH, flipped, members, noise, SECRET } from './testkit.ts';

const keys = await members();
const page = { type: 'text/html', bytes: utf8('<h1>冷启动</h1>') };
const anyPath = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `/${text}`);
const anyPlain = fc.record({
  type: fc.constantFrom('text/html', 'application/json', 'image/svg+xml', 'application/octet-stream'),
  bytes: fc.uint8Array({ maxLength: 5000 }).map((bytes) => new Uint8Array(bytes)),
});

test('any bytes sealed at any path open to the same bytes', async () => {
  const reader = await importTierKeys(keys);
  await fc.assert(
    fc.asyncProperty(anyPath, anyPlain, async (path, plain) => {
      expect(await openObject(reader, path, await sealObject(keys, path, plain))).toEqual(plain);
    }),
  );
});

test('a flipped bit anywhere is refused', async () => {
  await fc.assert(
    fc.asyncProperty(anyPath, anyPlain, fc.nat(), async (path, plain, at) => {
      const { name, bytes } = await sealObject(keys, path, plain);
      const altered = flipped(bytes, at % bytes.length);
      const opened = openObject(keys.reader, path, { name, bytes: altered });
      // A flipped bit of the key id makes it a file of another key, which is not an error.
      if (at % bytes.length >= 5 && at % bytes.length < 13) expect(await opened).toBeNull();
      else await expect(opened).rejects.toThrow();
    }),
  );
});

test('an object opens under no other path, name, tier, epoch or secret', async () => {
  const sealed = await sealObject(keys, '/talks/a/', page);
  await expect(openObject(keys.reader, '/talks/b/', sealed)).rejects.toThrow('not the file of this name');
  await expect(openObject(keys.reader, '/talks/a/', { ...sealed, name: '0'.repeat(32) })).rejects.toThrow();
  for (const other of [
    await deriveTierKeys(SECRET, 'patrons', EPOCH),
    await deriveTierKeys(SECRET, 'members', '0'.repeat(32)),
    await deriveTierKeys(new Uint8Array(32), 'members', EPOCH),
  ]) {
    expect(await openObject(other.reader, '/talks/a/', sealed)).toBeNull();
  }
});

test('padding that is not zero is refused, even when it is sealed with the right key', async () => {
  for (const kind of [KIND.object.header, KIND.object.body]) {
    const { encrypt } = keys.primitives;
    const primitives: Primitives = {
      ...keys.primitives,
      encrypt: (key, iv, aad, plain) => {
        // The nonce starts with the number of the kind.
        if (iv[3] !== kind) return encrypt(key, iv, aad, plain);
        const altered = plain.slice();
        altered[altered.length - 1] = 1;
        return encrypt(key, iv, aad, altered);
      },
    };
    const sealed = await sealObject({ ...keys, primitives }, '/a/', page);
    await expect(openObject(keys.reader, '/a/', sealed)).rejects.toThrow('padding is not zero');
  }
});

test('an older version of the same epoch is refused under the newer name', async () => {
  const older = await sealObject(keys, '/a/', page);
  const newer = await sealObject(keys, '/a/', { ...page, bytes: utf8('<h1>更正</h1>') });
  await expect(openObject(keys.reader, '/a/', { ...older, name: newer.name })).rejects.toThrow(
    'not the file of this name',
  );
});

test('equal input gives equal bytes, and any difference gives another salt and name', async () => {
  const sealed = await sealObject(keys, '/a/', page);
  expect(await sealObject(keys, '/a/', page)).toEqual(sealed);
  const others = await Promise.all([
    sealObject(keys, '/b/', page),
    sealObject(keys, '/a/', { ...page, type: 'text/plain' }),
    sealObject(keys, '/a/', { ...page, bytes: utf8('<h1>冷启动。</h1>') }),
  ]);
  const salts = [sealed, ...others].map(({ bytes }) => bytes.subarray(13, 45).join());
  expect(new Set(salts).size).toBe(4);
  expect(new Set([sealed, ...others].map(({ name }) => name)).size).toBe(4);
});

test('short texts all have the same size, and text is compressed', async () => {
  const size = async (type: string, bytes: Uint8Array<ArrayBuffer>) =>
    (await sealObject(keys, '/a/', { type, bytes })).bytes.length;
  expect(await size('text/html', utf8(''))).toBe(1261);
  expect(await size('text/html', utf8('a'.repeat(50_000)))).toBe(1261);
  expect(await size('image/webp', noise(1024))).toBe(1261);
  expect(await size('image/webp', noise(50_000))).toBe(51_200 + 237);
});

test('refuses a path without a slash, not in UTF-8 or too long, and a media type that is malformed or too long', async () => {
  await expect(sealObject(keys, 'a', page)).rejects.toThrow(RangeError);
  await expect(sealObject(keys, '/\udc00', page)).rejects.toThrow(RangeError);
  await expect(sealObject(keys, `/${'a'.repeat(1024)}`, page)).rejects.toThrow(RangeError);
  await expect(sealObject(keys, '/a/', { ...page, type: 'a'.repeat(128) })).rejects.toThrow(RangeError);
  const longest = { ...page, type: 'a'.repeat(127) };
  expect(await openObject(keys.reader, '/a/', await sealObject(keys, '/a/', longest))).toEqual(longest);
  await expect(sealObject(keys, '/a/', { ...page, type: 'text/\n' })).rejects.toThrow(RangeError);
});
