import { beforeEach, describe, expect, test, vi } from 'vitest';

vi.stubGlobal('__BASE__', '/');
const { fetchPublicIndex, openSealed } = await import('./cache.ts');

const request = new Request('https://kb.example/pagefind/public/catalog.json?ts=1');
const kept = { url: 'https://kb.example/pagefind/public/catalog.json', text: 'kept' };
const match = vi.fn((url: string) => Promise.resolve(url === kept.url ? new Response(kept.text) : undefined));

beforeEach(() => {
  vi.stubGlobal('caches', { match });
});

function answer(status: number, text: string): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(text, { status })));
}

describe('a file of the public search index comes', () => {
  test('from the host if it has the file', async () => {
    answer(200, 'new');
    expect(await (await fetchPublicIndex(request)).text()).toBe('new');
  });

  test('from the device if the host can’t be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await (await fetchPublicIndex(request)).text()).toBe('kept');
  });

  test('from the device if the host has an error', async () => {
    answer(503, 'maintenance');
    expect(await (await fetchPublicIndex(request)).text()).toBe('kept');
  });

  test('not from the device if the host no longer has the file', async () => {
    answer(404, 'gone');
    expect((await fetchPublicIndex(request)).status).toBe(404);
  });

  test('with the host’s error if the device has none', async () => {
    answer(503, 'maintenance');
    const other = new Request('https://kb.example/pagefind/public/other.json');
    expect((await fetchPublicIndex(other)).status).toBe(503);
  });
});

test('a sealed file that is asked for again while it is coming is downloaded once, and again if that failed', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('sealed')));
  vi.stubGlobal('fetch', fetched);
  const ask = () =>
    openSealed('0'.repeat(32), 'epoch', (bytes) => Promise.resolve(new TextDecoder().decode(bytes)));
  expect(await Promise.all([ask(), ask()])).toEqual(['sealed', 'sealed']);
  expect(fetched).toHaveBeenCalledTimes(1);
  fetched.mockRejectedValueOnce(new TypeError('no network'));
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('offline');
  expect(await ask()).toBe('sealed');
  expect(fetched).toHaveBeenCalledTimes(3);
});
