import { expect, test } from 'vitest';
import { parseRange } from './range.ts';

test.each([
  // whole file
  [null, 1000, null],
  ['', 1000, null],
  ['lines=0-1', 1000, null],
  ['bytes=-', 1000, null],
  ['bytes=a-b', 1000, null],
  ['bytes=5-2', 1000, null],
  ['bytes=0-1,5-6', 1000, null],
  ['bytes=-5-6', 1000, null],
  // closed
  ['bytes=0-1', 1000, { start: 0, end: 1 }],
  ['bytes=0-0', 1000, { start: 0, end: 0 }],
  ['bytes=999-999', 1000, { start: 999, end: 999 }],
  ['bytes=10-5000', 1000, { start: 10, end: 999 }],
  ['BYTES= 10-20', 1000, { start: 10, end: 20 }],
  // open
  ['bytes=0-', 1000, { start: 0, end: 999 }],
  ['bytes=800-', 1000, { start: 800, end: 999 }],
  // suffix
  ['bytes=-1', 1000, { start: 999, end: 999 }],
  ['bytes=-300', 1000, { start: 700, end: 999 }],
  ['bytes=-5000', 1000, { start: 0, end: 999 }],
  // outside
  ['bytes=1000-', 1000, 'unsatisfiable'],
  ['bytes=1000-1001', 1000, 'unsatisfiable'],
  ['bytes=-0', 1000, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-5', 0, 'unsatisfiable'],
  ['bytes=99999999999999999999-', 1000, 'unsatisfiable'],
])('reads the range %s of a file of %i bytes', (header, size, range) => {
  expect(parseRange(header, size)).toEqual(range);
});
