import { expect, test, vi } from 'vitest';

vi.mock('../../gate/offline/kept.ts', () => ({
  readKept: () => [{ pages: ['/talks/a/', '/talks/b/'] }],
}));
const { openKeptIndex } = await import('./kept-index.ts');

test('offline copies that could not be opened are tried again at the next search', async () => {
  const fetched = vi.fn(() => Promise.reject(new TypeError('no worker yet')));
  vi.stubGlobal('fetch', fetched);
  expect(await openKeptIndex()).toBeUndefined();
  expect(await openKeptIndex()).toBeUndefined();
  expect(fetched).toHaveBeenCalledTimes(4);
});
