import { askGate } from '../bridge.ts';
import { importsOf } from './imports.ts';

/** Pages could not be taken along: the host was unreachable, or the device is full. */
export class NotKept extends Error {
  readonly reason: 'offline' | 'full';

  constructor(reason: 'offline' | 'full') {
    super(`not kept: ${reason}`);
    this.reason = reason;
  }
}

/** Milliseconds to wait for the gate to store what the page itself is still loading, on a slow connection. */
const patience = 120_000;

/**
 * Milliseconds to wait for more of a file before the host counts as unreachable. At 60 kbit/s, the segments of a
 * recording that are fetched at once take 35 seconds.
 */
const silence = 50_000;

/** The result of taking pages along. */
export interface Taken {
  bytes: number;
  /** The addresses of the pages' pictures, recordings and attachments. */
  media: string[];
}

/**
 * Fetches pages and all files they need, so that the worker, which caches what it opens, keeps them.
 *
 * @param pages - addresses with the base
 * @param onProgress - called with the share of files done, from 0 to 1, and the bytes so far
 * @throws NotKept when the host is unreachable or the device full; the signal's reason when it was aborted
 */
export async function takePages(
  pages: string[],
  signal: AbortSignal,
  onProgress: (share: number, bytes: number) => void,
): Promise<Taken> {
  const before = await settle(signal);
  const files = new Set<string>();
  let bytes = 0;
  for (const page of pages) {
    const html = await fetchText(page, signal);
    bytes += sizeOf(html);
    for (const file of filesOf(html, page)) files.add(file);
  }
  let done = 0;
  // The set grows during the iteration, because a script imports others.
  for (const file of files) {
    if (file.endsWith('.js')) {
      const script = await fetchText(file, signal);
      bytes += sizeOf(script);
      for (const imported of importsOf(script, file)) files.add(imported);
    } else {
      for await (const chunk of chunksOf(file, signal)) {
        bytes += chunk.length;
        onProgress(done / files.size, bytes);
      }
    }
    done += 1;
    onProgress(done / files.size, bytes);
  }
  const after = await settle(signal);
  // A worker that was restarted meanwhile has forgotten its failures. What it stored is not fetched again.
  if (after.since !== before.since) return takePages(pages, signal, onProgress);
  if (after.unkept > before.unkept) throw new NotKept('full');
  return { bytes, media: [...files].filter(isMedia) };
}

/**
 * The pages to take along with a page, as its current version lists them. Follows a redirect of a page that has moved.
 *
 * @throws NotKept when the page can't be fetched
 */
export async function pagesTakenWith(address: string, signal: AbortSignal): Promise<string[]> {
  const page = parse(await fetchText(address, signal));
  const moved = page.querySelector('meta[http-equiv=refresh]')?.getAttribute('content')?.split('url=')[1];
  if (moved !== undefined) return pagesTakenWith(moved, signal);
  const pages = page.querySelector<HTMLElement>('take-along')?.dataset.pages;
  return pages === undefined ? [address] : (JSON.parse(pages) as string[]);
}

/**
 * Removes pages and their media from the cache.
 *
 * @param others - pages that stay; media that they share with the removed pages stay too
 */
export async function dropPages(pages: readonly string[], others: readonly string[]): Promise<void> {
  const needed = new Set((await Promise.all(others.map(mediaOf))).flat());
  for (const page of pages) {
    const own = (await mediaOf(page)).filter((file) => !needed.has(file));
    await askGate({ verb: 'drop', addresses: [new URL(page, location.href).href, ...own] });
  }
}

/** Waits until the gate has stored what it was about to store. @throws as {@link takePages} does */
async function settle(signal: AbortSignal): Promise<{ unkept: number; since: number | undefined }> {
  const stopped = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
  );
  const settled = await Promise.race([askGate({ verb: 'settle' }, patience), stopped]).catch(() =>
    breakOff(signal),
  );
  if (!('unkept' in settled)) throw new NotKept('full');
  const { unkept, since } = settled;
  return { unkept, since };
}

async function mediaOf(page: string): Promise<string[]> {
  return filesOf(await fetchText(page, new AbortController().signal), page).filter(isMedia);
}

/** UTF-8 bytes of a text: a Han character has three. */
const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

/** Addresses of the files that a page needs: pictures in all sizes, recordings, attachments, styles and scripts. */
function filesOf(html: string, page: string): string[] {
  const parsed = parse(html);
  const named = [
    ...valuesOf(parsed, '[src]', 'src'),
    ...valuesOf(parsed, 'link[rel=stylesheet]', 'href'),
    ...valuesOf(parsed, 'a[href*="/media/"]', 'href'),
    ...valuesOf(parsed, '[srcset]', 'srcset').flatMap((set) =>
      set.split(',').map((choice) => choice.trim().split(' ')[0]!),
    ),
  ];
  return named.map((address) => new URL(address, new URL(page, location.href)).href);
}

const isMedia = (file: string) => file.includes('/media/');
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

function valuesOf(parsed: Document, selector: string, attribute: string): string[] {
  return Array.from(parsed.querySelectorAll(selector), (element) => element.getAttribute(attribute)!);
}

async function fetchText(address: string, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunksOf(address, signal)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** Fetches a file and yields its bytes as they arrive. @throws as {@link takePages} does */
async function* chunksOf(address: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener('abort', end);
  const inTime = async <T>(awaited: Promise<T>): Promise<T> => {
    const timer = setTimeout(end, silence);
    return awaited.catch(() => breakOff(signal)).finally(() => clearTimeout(timer));
  };
  try {
    signal.throwIfAborted();
    const response = await inTime(fetch(address, { signal: stop.signal }));
    if (!response.ok) throw new NotKept('offline');
    const reader = response.body!.getReader();
    for (let read = await inTime(reader.read()); !read.done; read = await inTime(reader.read()))
      yield read.value;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Throws the signal's reason when it was aborted, else NotKept as offline. */
function breakOff(signal: AbortSignal): never {
  signal.throwIfAborted();
  throw new NotKept('offline');
}
