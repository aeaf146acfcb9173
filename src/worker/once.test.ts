import { expect, test, vi } from 'vitest';
import { forgetOpened, openOnce } from './once.ts';

test('opens a file once for concurrent requests, and again after it is forgotten', async () => {
  const open = vi.fn(() => Promise.resolve('opened'));
  expect(await Promise.all([openOnce('a', open), openOnce('a', open)])).toEqual(['opened', 'opened']);
  expect(open).toHaveBeenCalledTimes(1);
  forgetOpened();
  await openOnce('a', open);
  expect(open).toHaveBeenCalledTimes(2);
});

test('tries again after a file could not be opened', async () => {
  await expect(openOnce('b', () => Promise.reject(new Error('torn')))).rejects.toThrow('torn');
  expect(await openOnce('b', () => Promise.resolve('opened'))).toBe('opened');
});

test('forgets the oldest file when it holds too many', async () => {
  const open = vi.fn(() => Promise.resolve('opened'));
  await openOnce('first', open);
  for (let i = 0; i < 256; i++) await openOnce(`other ${i}`, () => Promise.resolve(i));
  await openOnce('first', open);
  expect(open).toHaveBeenCalledTimes(2);
});
