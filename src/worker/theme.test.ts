import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.stubGlobal('__BASE__', '/');
// The first half of SHA-256('good').
vi.stubGlobal('__THEME__', { 'style.css': '770e607624d689265ca6c44884d0807d' });
const { dropWrong, fetchTheme } = await import('./theme.ts');

const style = new Request('https://kb.example/a/style.css');
const put = vi.fn<(url: string) => Promise<void>>();

/** An answer of the host, which has an address, unlike one that is made. */
function answer(text: string, status = 200, { url } = style): Promise<Response> {
  const response = new Response(text, { status });
  Object.defineProperties(response, { url: { value: url }, type: { value: 'basic' } });
  return Promise.resolve(response);
}

/** The addresses cached so far. */
const cached = () => put.mock.calls.map(([url]) => url);

beforeEach(() => {
  put.mockReset().mockResolvedValue();
  const cache = { put, keys: () => Promise.resolve([]) };
  vi.stubGlobal('caches', { match: () => Promise.resolve(undefined), open: () => Promise.resolve(cache) });
});

describe('a file of the theme, without which a page stays until it is reloaded, is asked for again', () => {
  const failures: [string, () => Promise<Response>][] = [
    ['once if the connection breaks off', () => Promise.reject(new TypeError('reset'))],
    ['once if the host has an error that may pass', () => answer('', 503)],
  ];
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each(failures)('%s', async (_, fail) => {
    vi.stubGlobal('fetch', vi.fn(() => answer('good')).mockImplementationOnce(fail));
    const answered = fetchTheme(style);
    await vi.runAllTimersAsync();
    expect(await (await answered).text()).toBe('good');
  });

  test('but not if the host has no such file', async () => {
    const missing = vi.fn(() => answer('', 404));
    vi.stubGlobal('fetch', missing);
    expect((await fetchTheme(style)).status).toBe(404);
    expect(missing).toHaveBeenCalledTimes(1);
  });
});

describe('a file of the theme that came other than it was built', () => {
  test('is fetched once more, past all HTTP caches', async () => {
    const fetched = vi.fn((_: Request, options: RequestInit) =>
      answer(options.cache === 'reload' ? 'good' : 'goo'),
    );
    vi.stubGlobal('fetch', fetched);
    expect(await (await fetchTheme(style)).text()).toBe('good');
    expect(fetched).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(cached()).toEqual([style.url]));
  });

  test('is not cached if the host has no other', async () => {
    vi.stubGlobal('fetch', () => answer('changed'));
    expect(await (await fetchTheme(style)).text()).toBe('changed');
    expect(cached()).toEqual([]);
  });

  test('can’t be told from others if it is of another build', async () => {
    const newer = new Request('https://kb.example/a/newer.css');
    const fetched = vi.fn(() => answer('unknown', 200, newer));
    vi.stubGlobal('fetch', fetched);
    expect(await (await fetchTheme(newer)).text()).toBe('unknown');
    expect(fetched).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(cached()).toEqual([newer.url]));
  });

  test('is removed from the cache by the worker of its build', async () => {
    const files = new Map([
      [style.url, 'goo'],
      ['https://kb.example/a/older.css', 'unknown'],
    ]);
    const cache = {
      keys: () => Promise.resolve([...files.keys()].map((url) => ({ url }))),
      match: (url: string) => Promise.resolve(new Response(files.get(url))),
      delete: (url: string) => Promise.resolve(files.delete(url)),
    };
    vi.stubGlobal('caches', { has: () => Promise.resolve(true), open: () => Promise.resolve(cache) });
    await dropWrong();
    expect([...files.keys()]).toEqual(['https://kb.example/a/older.css']);
  });
});
