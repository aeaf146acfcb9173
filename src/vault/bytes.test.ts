import { expect, test } from 'vitest';
import { compare, Cursor, fields, fromHex, toHex, uint, utf8, zeroFilled } from './bytes.ts';

test('integers are big-endian and refuse what does not fit', () => {
  expect(toHex(uint(258, 2))).toBe('0102');
  expect(toHex(uint(2 ** 53 - 1, 8))).toBe('001fffffffffffff');
  for (const value of [256, -1, 1.5, Number.NaN]) expect(() => uint(value, 1)).toThrow(RangeError);
});

test('hex is read back, and only in lower case and of the right length', () => {
  expect(fromHex(toHex(Uint8Array.of(0, 15, 255)), 3)).toEqual(Uint8Array.of(0, 15, 255));
  for (const text of ['00', 'ABCD', '0x12', '00 1', 'zzzz'])
    expect(() => fromHex(text, 2)).toThrow(RangeError);
});

test('fields encodes lists differently even if they join to the same text', () => {
  expect(toHex(fields('a', 'bc'))).toBe('000161' + '00026263');
  expect(fields('a', 'bc')).not.toEqual(fields('ab', 'c'));
});

test('utf8 refuses a lone surrogate', () => {
  expect(() => utf8('\ud800')).toThrow(RangeError);
  expect(utf8('😀')).toHaveLength(4);
});

test('compare orders like memcmp, with a prefix before anything longer', () => {
  const sorted = [[], [0], [0, 1], [1], [255]].map((list) => Uint8Array.from(list));
  expect([...sorted].reverse().sort(compare)).toEqual(sorted);
});

test('a cursor refuses to read past the end, padding that is not zero and integers that are too large', () => {
  const cursor = new Cursor(Uint8Array.of(1, 2, 0));
  expect(cursor.uint(1)).toBe(1);
  expect(() => cursor.take(3)).toThrow('truncated');
  expect(() => {
    cursor.zeros();
  }).toThrow('padding is not zero');
  expect(() => new Cursor(new Uint8Array(8).fill(255)).uint(8)).toThrow('integer too large');
  expect(() => zeroFilled(new Uint8Array(3), 2)).toThrow('3 bytes do not fit into 2');
});
