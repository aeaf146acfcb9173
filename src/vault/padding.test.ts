import { expect, test } from 'vitest';
import { paddedSize, powerOfTwo } from './padding.ts';

test.each([
  [0, 1024],
  [1, 1024],
  [1024, 1024],
  [1025, 1088],
  [1088, 1088],
  [1089, 1152],
  [65535, 65536],
  [65536, 65536],
  [65537, 67584],
  [1_000_000, 1_015_808],
])('%i bytes are padded to %i', (size, padded) => {
  expect(paddedSize(size)).toBe(padded);
});

test('padding never shrinks, adds at most 12 % above a kibibyte, and changes nothing when applied again', () => {
  for (let size = 1025; size < 300_000; size += 7) {
    const padded = paddedSize(size);
    expect(padded).toBeGreaterThanOrEqual(size);
    expect(padded).toBeLessThanOrEqual(size * 1.12);
    expect(paddedSize(padded)).toBe(padded);
  }
});

test.each([
  [0, 1],
  [0.1, 1],
  [1, 1],
  [1.1, 2],
  [2, 2],
  [46.9, 64],
  [64, 64],
  [65, 128],
])('the power of two for %f is %i', (value, power) => {
  expect(powerOfTwo(value)).toBe(power);
});
