import { expect, test, vi } from 'vitest';
import { forgetOpened, openOnce } from './once.ts';

test('what is opened is opened once, also for those who ask meanwhile, until it is forgotten', async () => {
  const open = vi.fn(() => Promise.resolve('opened'));
  expect(await Promise.all([openOnce('a', open), openOnce('a', open)])).toEqual(['opened', 'opened']);
  expect(open).toHaveBeenCalledTimes(1);
  forgetOpened();
  await openOnce('a', open);
  expect(open).toHaveBeenCalledTimes(2);
});

test('what could not be opened is tried again', async () => {
  await expect(openOnce('b', () => Promise.reject(new Error('torn')))).rejects.toThrow('torn');
  expect(await openOnce('b', () => Promise.resolve('opened'))).toBe('opened');
});

test('the oldest of many is let go', async () => {
  const open = vi.fn(() => Promise.resolve('opened'));
  await openOnce('first', open);
  for (let i = 0; i < 256; i++) await openOnce(`other ${i}`, () => Promise.resolve(i));
  await openOnce('first', open);
  expect(open).toHaveBeenCalledTimes(2);
});
