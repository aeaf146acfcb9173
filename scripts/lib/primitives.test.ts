import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveTierKeys, sealMedia, sealObject, sealTable, type Bytes } from '../../src/vault/index.ts';
import { nodePrimitives } from './primitives.ts';

// Keys and salts on both sides of a block of SHA-256 (64 bytes), results on both sides of one hash (32).
const bytes = fc.uint8Array({ maxLength: 130 }) as fc.Arbitrary<Bytes>;

test('HMAC is what Node’s own gives', () => {
  fc.assert(
    fc.property(bytes, bytes, (key, message) => {
      const expected = createHmac('sha256', key).update(message).digest();
      expect(nodePrimitives.hmac(key, message)).toEqual(new Uint8Array(expected));
    }),
  );
});

test('HKDF is what Node’s own gives', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 70 }), bytes, bytes, (source, length, salt, info) => {
      const expected = hkdfSync('sha256', source, salt, info, length);
      expect(nodePrimitives.hkdf(source, length, salt, info)).toEqual(new Uint8Array(expected));
    }),
  );
});

test('what is sealed with them is what WebCrypto seals', async () => {
  const secret = new Uint8Array(32).fill(3);
  const seal = async (keys: Awaited<ReturnType<typeof deriveTierKeys>>) => [
    await sealObject(keys, '/a/', { type: 'text/html', bytes: new TextEncoder().encode('精华'.repeat(900)) }),
    await sealObject(keys, '/b', { type: 'image/webp', bytes: new Uint8Array(3000).fill(5) }),
    await sealMedia(keys, '/c.mp3', { type: 'audio/mpeg', bytes: new Uint8Array(140_000).fill(6) }),
    await sealTable(keys, new Map([['/a/', { kind: 'object', name: '0'.repeat(32) }]])),
  ];
  const ours = await seal(await deriveTierKeys(secret, 'members', '1'.repeat(32), nodePrimitives));
  expect(ours).toEqual(await seal(await deriveTierKeys(secret, 'members', '1'.repeat(32))));
});
