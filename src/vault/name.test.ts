import { expect, test } from 'vitest';
import { isObjectAddress, objectAddress } from './name.ts';

test('an object is in the folder of its first two digits', () => {
  const name = 'ab34'.padEnd(32, '0');
  expect(objectAddress(name)).toBe(`o/ab/${name}`);
  expect(isObjectAddress(`o/ab/${name}`)).toBe(true);
});

test.each(['', 'ab', '../'.padEnd(32, 'a'), 'A'.repeat(32), 'a'.repeat(33)])(
  '"%s" is refused as a name',
  (name) => {
    expect(() => objectAddress(name)).toThrow(RangeError);
  },
);

test.each([
  'root',
  'o/ab',
  `o/cd/${'ab'.repeat(16)}`,
  `o/ab/${'ab'.repeat(16)}/x`,
  `x/o/ab/${'ab'.repeat(16)}`,
])('%s is not the address of an object', (path) => {
  expect(isObjectAddress(path)).toBe(false);
});
