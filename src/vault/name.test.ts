import { expect, test } from 'vitest';
import { objectAddress } from './name.ts';

test('an object lies in the folder of its first two digits', () => {
  const name = 'ab34'.padEnd(32, '0');
  expect(objectAddress(name)).toBe(`o/ab/${name}`);
});

test.each(['', 'ab', '../'.padEnd(32, 'a'), 'A'.repeat(32), 'a'.repeat(33)])('"%s" is no name', (name) => {
  expect(() => objectAddress(name)).toThrow(RangeError);
});
