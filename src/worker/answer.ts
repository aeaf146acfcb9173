import { isFailing } from '../gate/failing.ts';
import { guards } from '../gate/policy.ts';
import type { MediaHead, Plain } from '../vault/index.ts';
import { isMedia, isPage, logicalPath } from './address.ts';
import { parseRange } from './range.ts';
import { streamMedia } from './stream.ts';

/** Answers with an opened object: a page, or a file of the members' search index. */
export function answerPlain(path: string, { type, bytes }: Plain, status = 200): Response {
  return new Response(bytes, {
    status,
    headers: { ...headersFor(path, type), 'Content-Length': String(bytes.length) },
  });
}

/** Answers with opened media, whole or the range asked for. */
export function answerMedia(path: string, head: MediaHead, rangeHeader: string | null): Response {
  return answerRange(path, head, rangeHeader, (start, end, isWhole) =>
    streamMedia(head, start, end, isWhole ? 'whole' : 'as played'),
  );
}

/** Answers with cached public media, whole or the range asked for. */
export function answerKept(path: string, kept: Blob, rangeHeader: string | null): Response {
  return answerRange(path, kept, rangeHeader, (start, end) => kept.slice(start, end + 1));
}

/**
 * Answers like a host that supports range requests (RFC 9110, section 14).
 * @param read - returns the bytes from `start` to `end`, both inclusive
 */
function answerRange(
  path: string,
  { type, size }: { type: string; size: number },
  rangeHeader: string | null,
  read: (start: number, end: number, isWhole: boolean) => BodyInit,
): Response {
  const range = parseRange(rangeHeader, size);
  const headers: Record<string, string> = { ...headersFor(path, type), 'Accept-Ranges': 'bytes' };
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${size}` },
    });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  headers['Content-Length'] = String(end - start + 1);
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${size}`;
  return new Response(read(start, end, !range), { status: range ? 206 : 200, headers });
}

/**
 * Adds our security headers to the host's pages and media. An HTML response to anything but a navigation becomes a 404:
 * it is a door in place of an image or a script. An error that may pass stays one.
 */
export function answerNetwork(response: Response, navigation: boolean): Response {
  if (response.type !== 'basic') return response;
  const isHtml = /html/i.test(typeOf(response));
  const path = pathOf(response);
  if (isMedia(path)) return guarded(response, headersFor(path, typeOf(response)));
  if (!navigation && isHtml) {
    const status = isFailing(response) ? response.status : 404;
    return new Response(null, { status, headers: guards });
  }
  if (!navigation) return response;
  return guarded(response, guards);
}

/** The logical path of the address that answered, which after a redirect differs from the one requested. */
function pathOf({ url }: Response): string {
  return logicalPath(new URL(url), new URL(__BASE__, url)) ?? '';
}

function guarded(response: Response, more: Record<string, string>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function typeOf(response: Response): string {
  return response.headers.get('Content-Type') ?? '';
}

/**
 * The headers for a path. The sealed media type is used only when it is harmless: only pages are HTML, the search index
 * is scripts and bytes, and anything that a browser might run or show as a document becomes a download.
 */
export function headersFor(path: string, type: string): Record<string, string> {
  if (isPage(path)) return { ...guards, 'Content-Type': 'text/html; charset=utf-8' };
  if (path.startsWith('/pagefind/')) {
    return { ...guards, 'Content-Type': path.endsWith('.js') ? 'text/javascript; charset=utf-8' : bytesType };
  }
  const essence = type.split(';')[0]!.trim().toLowerCase();
  if (/^(?:image\/(?:avif|webp|png|jpeg|gif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/.test(essence)) {
    return { ...guards, 'Content-Type': essence };
  }
  return {
    ...guards,
    'Content-Type': /^application\/(?:pdf|zip)$/.test(essence) ? essence : bytesType,
    'Content-Disposition': 'attachment',
    'Content-Security-Policy': 'sandbox',
  };
}

const bytesType = 'application/octet-stream';
