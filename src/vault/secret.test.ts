import { expect, test } from 'vitest';
import { toHex } from './bytes.ts';
import { parseSecret, siteTagOf } from './secret.ts';
import { SECRET } from './testkit.ts';

test('a secret is read from hex and from base64url', () => {
  expect(parseSecret(toHex(SECRET))).toEqual(SECRET);
  expect(parseSecret(toHex(SECRET).toUpperCase())).toEqual(SECRET);
  expect(parseSecret('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8')).toEqual(SECRET);
  expect(parseSecret(Buffer.alloc(32, 0xfb).toString('base64url'))).toEqual(new Uint8Array(32).fill(0xfb));
});

test.each([
  ['an empty text', ''],
  ['a password', 'correct horse battery staple'],
  ['31 bytes', '00'.repeat(31)],
  ['33 bytes', '00'.repeat(33)],
  ['plain base64', `${'A'.repeat(41)}+A`],
  ['base64url with padding', `${'A'.repeat(43)}=`],
  ['base64url with bits after the last byte', `${'A'.repeat(42)}B`],
  ['a trailing line end', `${'00'.repeat(32)}\n`],
])('%s is refused as a secret, and the error does not quote it', (_, text) => {
  expect(() => parseSecret(text)).toThrow(
    new RangeError('a secret is 32 bytes in base64url (43 characters) or hex (64 digits)'),
  );
});

test('the site tag has ten bits and follows from the secret', async () => {
  const tags = await Promise.all([...SECRET].map((byte) => siteTagOf(new Uint8Array(32).fill(byte))));
  for (const tag of tags) expect(tag).toBeLessThan(1024);
  expect(new Set(tags).size).toBeGreaterThan(28);
});
