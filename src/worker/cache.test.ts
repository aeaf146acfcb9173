import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.stubGlobal('__BASE__', '/');
const { fetchPublicIndex, fetchTheme, openSealed } = await import('./cache.ts');

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

describe('a file of the theme, without which a page stays until it is reloaded, is asked for again', () => {
  const style = new Request('https://kb.example/a/style.css');
  const good = () => Promise.resolve(new Response('good'));
  const failures: [string, () => Promise<Response>][] = [
    ['once if the connection breaks off', () => Promise.reject(new TypeError('reset'))],
    ['once if the host has an error that may pass', () => Promise.resolve(new Response('', { status: 503 }))],
  ];
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each(failures)('%s', async (_, fail) => {
    vi.stubGlobal('fetch', vi.fn(good).mockImplementationOnce(fail));
    const answered = fetchTheme(style);
    await vi.runAllTimersAsync();
    expect(await (await answered).text()).toBe('good');
  });

  test('but not if the host has no such file', async () => {
    const missing = vi.fn(() => Promise.resolve(new Response('', { status: 404 })));
    vi.stubGlobal('fetch', missing);
    expect((await fetchTheme(style)).status).toBe(404);
    expect(missing).toHaveBeenCalledTimes(1);
  });
});
