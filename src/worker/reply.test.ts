import { expect, test, vi } from 'vitest';

vi.stubGlobal('__BASE__', '/');
const { keepPublic } = await import('./cache.ts');
const { reply } = await import('./reply.ts');

test('tells every page that asks about a file that could not be kept', async () => {
  const settle = () => reply({ verb: 'settle' });
  expect(await settle()).toEqual({ reason: 'open', unkept: 0, since: performance.timeOrigin });
  vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('', 'QuotaExceededError')) });
  keepPublic(Object.defineProperty(new Response('…'), 'type', { value: 'basic' }));
  expect(await settle()).toMatchObject({ unkept: 1 });
  expect(await settle()).toMatchObject({ unkept: 1 });
});

test('locks immediately, even while a file is still on its way into the cache', async () => {
  const put = vi.fn(() => new Promise<never>(() => undefined));
  vi.stubGlobal('caches', { open: () => Promise.resolve({ put }) });
  const recording = Object.defineProperty(new Response('…'), 'type', { value: 'basic' });
  keepPublic(recording);
  await vi.waitFor(() => expect(put).toHaveBeenCalled());

  expect(await reply({ verb: 'lock' })).toEqual({ reason: 'locked' });
}, 5000);
