import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issueToken, parseToken } from './token.ts';
import { SECRET } from './testkit.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const token = await issueToken(SECRET, 'linxia', 1);
const parsed = parseToken(token);

test('a token has eight groups of four characters and is the same each time', async () => {
  expect(token).toMatch(/^kb(?:[_-][0-9a-hjkmnp-tv-z]{4}){8}$/);
  expect(parsed?.text).toBe(token);
  expect(await issueToken(SECRET, 'linxia', 1)).toBe(token);
  expect(await issueToken(SECRET, 'linxia', 2)).not.toBe(token);
  await expect(issueToken(SECRET, 'linxia', 0)).rejects.toThrow(RangeError);
});

test.each<[string, (text: string) => string]>([
  ['in upper case', (text) => text.toUpperCase()],
  ['without dashes', (text) => text.replaceAll('-', '')],
  ['without kb_', (text) => text.slice(3)],
  ['with spaces and line ends', (text) => ` ${text.replaceAll('-', ' \n')}\u3000`],
  ['with long dashes', (text) => text.replaceAll('-', '—')],
  [
    'with full-width letters',
    (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  ],
  ['with invisible marks', (text) => `\ufeff${text.replaceAll('-', '-\u200b')}`],
  ['with O for 0', (text) => text.replaceAll('0', 'O')],
  ['with I for 1', (text) => text.replaceAll('1', 'I')],
  ['with l for 1', (text) => text.replaceAll('1', 'l')],
])('a token %s is still read', (_, change) => {
  expect(parseToken(change(token))).toEqual(parsed);
});

test.each([
  '',
  'kb_',
  token.slice(0, -1),
  `${token}0`,
  `kb${token}`,
  token.replace(/.$/, 'u'),
  token.replace(/.$/, '长'),
])('"%s" is refused as mistyped', (text) => {
  expect(parseToken(text)).toBeNull();
});

test('any one wrong character and any two swapped characters are recognised as mistyped', async () => {
  for (const id of ['a', 'b', 'c']) {
    const characters = Array.from((await issueToken(SECRET, id, 1)).replace(/^kb_|-/g, ''));
    expect(parseToken(characters.join(''))).not.toBeNull();
    characters.forEach((right, i) => {
      for (const wrong of ALPHABET) {
        if (wrong !== right) expect(parseToken(characters.with(i, wrong).join(''))).toBeNull();
      }
      characters.slice(i + 1).forEach((other, distance) => {
        const swapped = characters.with(i, other).with(i + 1 + distance, right);
        if (other !== right) expect(parseToken(swapped.join(''))).toBeNull();
      });
    });
  }
});

test('every issued token is read back as the same text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.string({ minLength: 1 }),
      fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      async (secret, id, serial) => {
        const issued = await issueToken(new Uint8Array(secret), id, serial);
        expect(parseToken(issued)?.text).toBe(issued);
      },
    ),
  );
});
