import { beforeEach, expect, test, vi } from 'vitest';
import { openMediaHead, sealMedia } from '../vault/index.ts';
import { members, noise } from '../vault/testkit.ts';

vi.stubGlobal('__BASE__', '/');
const { answerKept, answerMedia, answerNetwork, answerPlain, headersFor } = await import('./answer.ts');

test.each([
  ['/talks/a/', 'text/html', 'text/html; charset=utf-8'],
  ['/talks/a/', 'image/svg+xml', 'text/html; charset=utf-8'],
  ['/pagefind/members/pagefind.js', 'text/html', 'text/javascript; charset=utf-8'],
  ['/pagefind/members/index/a.pf_index', 'text/html', 'application/octet-stream'],
  ['/media/1.webp', 'image/webp', 'image/webp'],
  ['/media/1.mp3', 'audio/mpeg', 'audio/mpeg'],
])('%s sealed as %s is answered as %s', (path, sealed, type) => {
  const headers = headersFor(path, sealed);
  expect(headers['Content-Type']).toBe(type);
  expect(headers).not.toHaveProperty('Content-Disposition');
});

test.each([
  ['application/pdf', 'application/pdf'],
  ['application/zip', 'application/zip'],
  ['text/html', 'application/octet-stream'],
  ['text/html;charset=utf-8', 'application/octet-stream'],
  ['image/svg+xml', 'application/octet-stream'],
  ['text/xml', 'application/octet-stream'],
  ['application/xhtml+xml', 'application/octet-stream'],
  ['text/javascript', 'application/octet-stream'],
  ['image/png\r\nX: y', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('a file sealed as %j is a download', (sealed, type) => {
  expect(headersFor('/media/1.bin', sealed)).toMatchObject({
    'Content-Type': type,
    'Content-Disposition': 'attachment',
    'Content-Security-Policy': 'sandbox',
    'X-Content-Type-Options': 'nosniff',
  });
});

test('a page is answered with the security headers', () => {
  const { headers } = answerPlain('/talks/a/', { type: 'text/html', bytes: new Uint8Array(5) });
  expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('Referrer-Policy')).toBe('no-referrer');
  expect(headers.get('X-Frame-Options')).toBe('DENY');
  expect(headers.get('Content-Length')).toBe('5');
});

test('a request for a file gets a 404 instead of the door', () => {
  const door = () => fromHost('<p>door</p>', 'text/html');
  expect(answerNetwork(door(), false).status).toBe(404);
  expect(answerNetwork(door(), true).headers.get('Content-Security-Policy')).toContain("script-src 'self'");
  expect(answerNetwork(fromHost('x', 'image/webp'), false).status).toBe(200);
});

test.each([
  ['/', '/media/1/a.pdf', true],
  ['/', '/%6dedia/1/a.pdf', true],
  ['/kb/', '/kb/media/1/a.pdf', true],
  // Anybody can send a link with such a query.
  ['/', '/talks/a/?from=/media/1', false],
  ['/', '/talks/a/media/1', false],
  ['/media/kb/', '/media/kb/talks/a/', false],
])('on the site at %s, the host’s file at %s is a download: %s', (base, address, isDownload) => {
  vi.stubGlobal('__BASE__', base);
  const { headers } = answerNetwork(fromHost('x', 'text/html', address), true);
  vi.stubGlobal('__BASE__', '/');
  expect(headers.has('Content-Disposition')).toBe(isDownload);
  expect(headers.get('Content-Security-Policy') === 'sandbox').toBe(isDownload);
  expect(headers.get('Content-Type')).toBe(isDownload ? 'application/octet-stream' : 'text/html');
});

// Stands in for the network and the browser's cache.
const { openSealed } = vi.hoisted(() => ({ openSealed: vi.fn() }));
vi.mock('./cache.ts', () => ({ openSealed, mediaCache: 'media' }));

/** Three whole segments of 65,536 bytes and a short one. */
const file = noise(200_000);
const keys = await members();
const sealed = await sealMedia(keys, '/media/1.mp3', { type: 'audio/mpeg', bytes: file });
const head = (await openMediaHead(keys.reader, '/media/1.mp3', sealed.head))!;

beforeEach(() => {
  vi.clearAllMocks();
  openSealed.mockImplementation((name: string, _cache, open: (bytes: Uint8Array) => unknown) =>
    Promise.resolve(open(sealed.segments.find((segment) => segment.name === name)!.bytes)),
  );
});

test.each([
  ['bytes=0-1', 0, 1, 1],
  ['bytes=65535-65536', 65_535, 65_536, 2],
  ['bytes=70000-150000', 70_000, 150_000, 2],
  ['bytes=196608-', 196_608, 199_999, 1],
  ['bytes=190000-', 190_000, 199_999, 2],
  ['bytes=-50', 199_950, 199_999, 1],
  ['bytes=199990-500000', 199_990, 199_999, 1],
])('the range %s is answered with bytes %i to %i from %i segments', async (range, start, end, segments) => {
  const response = answerMedia('/media/1.mp3', head, range);
  expect(response.status).toBe(206);
  expect(response.headers.get('Content-Range')).toBe(`bytes ${start}-${end}/200000`);
  expect(response.headers.get('Content-Length')).toBe(String(end - start + 1));
  expect(response.headers.get('Accept-Ranges')).toBe('bytes');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(file.slice(start, end + 1));
  expect(openSealed).toHaveBeenCalledTimes(segments);
});

test('a request without a range gets the whole file, and one with a range outside it gets a 416', async () => {
  const whole = answerMedia('/media/1.mp3', head, null);
  expect(whole.status).toBe(200);
  expect(whole.headers.get('Content-Length')).toBe('200000');
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(file);
  const outside = answerMedia('/media/1.mp3', head, 'bytes=200000-');
  expect(outside.status).toBe(416);
  expect(outside.headers.get('Content-Range')).toBe('bytes */200000');
});

test('an open range fetches a segment only when it is read', async () => {
  const reader = answerMedia('/media/1.mp3', head, 'bytes=150000-').body!.getReader();
  expect(openSealed).toHaveBeenCalledTimes(0);
  await reader.read();
  expect(openSealed.mock.calls).toEqual([[head.segments[2], 'media', expect.any(Function)]]);
  await reader.cancel();
  expect(openSealed).toHaveBeenCalledTimes(1);
});

test('the kept media of a public piece are answered whole or by range, both ends included', async () => {
  const kept = new Blob([file], { type: 'audio/mpeg' });
  const part = answerKept('/media/1.mp3', kept, 'bytes=10-19');
  expect(part.status).toBe(206);
  expect(part.headers.get('Content-Length')).toBe('10');
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(file.slice(10, 20));
  const whole = answerKept('/media/1.mp3', kept, null);
  expect(whole.status).toBe(200);
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(file);
});

test('an empty file gets an empty answer', async () => {
  const response = answerMedia('/media/1.txt', { ...head, size: 0, segments: [] }, null);
  expect(response.headers.get('Content-Length')).toBe('0');
  expect((await response.arrayBuffer()).byteLength).toBe(0);
});

/** A response as the network gives it: `new Response` is of type "default". */
function fromHost(body: string, type: string, address = '/'): Response {
  const response = new Response(body, { headers: { 'Content-Type': type } });
  return Object.defineProperties(response, {
    type: { value: 'basic' },
    url: { value: `https://x.org${address}` },
  });
}
