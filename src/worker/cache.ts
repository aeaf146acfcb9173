import { concat } from '../vault/bytes.ts';
import { objectAddress, type Bytes } from '../vault/index.ts';

/** Why a sealed file did not arrive: no way to the host, or the host has no such file. */
export class Unavailable extends Error {
  readonly reason: 'offline' | 'broken';

  constructor(reason: 'offline' | 'broken', options?: ErrorOptions) {
    super(`sealed file unavailable: ${reason}`, options);
    this.reason = reason;
  }
}

/** Caches are named for what they may outlive: objects go with their epoch, media segments and the theme do not. */
const prefix = `gate ${__BASE__} `;
export const mediaCache = 'media';
const themeCache = 'theme';
const searchCache = 'public search';
/** How many files of the theme (one build has about forty) and of the public search index are kept at most. */
const themeLimit = 120;
const searchLimit = 200;
/** How many media files that nobody took along are kept at most: with segments of 64 KiB some 125 MB, a few hours of talk. */
const mediaLimit = 2000;
/**
 * When an epoch has this many files in its cache, some 15 MB, those that the newest build no longer names are removed.
 * Not after every build, since to find them every shard of the tables has to be fetched.
 */
const crowd = 1000;

let isKeeping = true;
/** How many files the browser did not keep, of those that it was given. */
let unkept = 0;
const writing = new Set<Promise<void>>();

/**
 * How long (milliseconds) a download may take at most, and one second more for each `pace` bytes that have arrived.
 * Without a limit, a host that falls silent would keep the page and all who wait for the same file waiting for ever.
 * A media segment is given longer, as it may be queued behind others.
 */
const patience = { page: 15_000, media: 120_000 };
const pace = 256;

/** From now on files are put into the cache. */
export function keepFiles(): void {
  isKeeping = true;
}

/** Lets nothing more into the cache, but for what is on its way there: someone is logging out. */
export function stopKeeping(): void {
  isKeeping = false;
}

/**
 * Fetches a sealed file by name, from the cache where it is there, and opens it. Ciphertext only: nothing opened is ever
 * stored, and what does not open is not kept.
 *
 * A name is good for ever, and so browsers and hosts keep a wrong answer under it just as long, be it what a host said
 * when it was out of order. What does not open is therefore asked for once more, past everything that keeps answers.
 *
 * @param cacheName - an epoch, or `mediaCache`
 * @param open - throws where it does not open
 * @throws Unavailable, or what `open` throws
 */
export async function openSealed<T>(
  name: string,
  cacheName: string,
  open: (bytes: Bytes) => Promise<T>,
): Promise<T> {
  const url = sealedAddress(name);
  const cached = await cachedFile(url, prefix + cacheName);
  if (cached) {
    const opened = await bytesOf(cached)
      .then(open)
      .then(
        (value) => ({ value }),
        () => null,
      );
    if (opened) return opened.value;
  }
  const openAsked = async (from: RequestCache) => {
    const bytes = await download(url, from, cacheName === mediaCache ? patience.media : patience.page);
    const opened = await open(bytes);
    keep(cacheName, url, bytes);
    return opened;
  };
  try {
    return await openAsked('default');
  } catch (error) {
    if (error instanceof Unavailable && error.reason === 'offline') throw error;
    return openAsked('reload');
  }
}

/** Waits until all is written, and counts the files that the browser did not keep since this worker was started. */
export async function countUnkept(): Promise<number> {
  await Promise.all(writing);
  return unkept;
}

/** Removes files from where they are kept. */
export async function dropFiles(cacheName: string, addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(prefix + cacheName);
  await Promise.all(addresses.map((address) => cache.delete(address)));
}

/** Whether so much is kept of an epoch that a look is worth it which of that is still needed. */
export async function isCrowded(epoch: string): Promise<boolean> {
  const cache = await caches.open(prefix + epoch);
  return (await cache.keys()).length >= crowd;
}

/** Removes all files but these from where they are kept. */
export async function dropOthers(cacheName: string, needed: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(prefix + cacheName);
  const others = (await cache.keys()).filter(({ url }) => !needed.has(new URL(url).pathname));
  await Promise.all(others.map((other) => cache.delete(other)));
}

/**
 * Fetches a file of the theme, from the cache where it is there: a page that is kept needs its styles and scripts.
 * They are anyone's to read, and are kept as they came.
 */
export async function fetchTheme(request: Request): Promise<Response> {
  const cached = await cachedFile(request.url, prefix + themeCache);
  if (cached) return cached;
  const response = await fetch(request);
  keepResponse(themeCache, response, themeLimit);
  return response;
}

/**
 * Fetches a file of the public search index, and where there is no way to the host takes it as it last came: with the
 * sealed part of the index alone nothing could be found.
 */
export async function fetchPublicIndex(request: Request): Promise<Response> {
  try {
    // Whole, and broken off where the host falls silent: a browser lets the next that asks for the same wait behind it.
    const { response, bytes } = await fetchWhole(request, {}, patience.page);
    if (!response.ok) return response;
    // With what the host says beside, its policy above all: the search runs in a worker, to which no page's applies.
    const headers = new Headers(response.headers);
    // Of the bytes as they came over the line.
    for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
    const answer = () => new Response(bytes, { headers });
    if (isKeepable(response)) keepAnswer(searchCache, response.url, answer(), searchLimit);
    return answer();
  } catch (error) {
    const cached = await cachedFile(withoutQuery(request.url), prefix + searchCache);
    if (cached) return cached;
    throw error;
  }
}

/** The address under which a sealed file is kept. */
export function sealedAddress(name: string): string {
  return __BASE__ + objectAddress(name);
}

/** The address under which media of a public piece are kept. */
export function publicAddress(path: string): string {
  return __BASE__ + encodeURI(path.slice(1));
}

/** Removes the media that came first, until no more than `mediaLimit` are left beside those at the addresses needed. */
export async function trimMedia(needed: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(prefix + mediaCache);
  const passing = (await cache.keys()).filter(({ url }) => !needed.has(new URL(url).pathname));
  await Promise.all(passing.slice(0, -mediaLimit).map((old) => cache.delete(old)));
}

/** Media of a public piece that was kept. It is anyone's to read, and its name follows from its content. */
export function findPublic(request: Request): Promise<Response | undefined> {
  return cachedFile(request.url, prefix + mediaCache);
}

/** Keeps media of a public piece as it came, so that a piece that is taken along has all of its own. */
export function keepPublic(response: Response): void {
  keepResponse(mediaCache, response);
}

/** Removes the caches of all epochs but one, or with none named every cache of this site. */
export async function pruneCaches(epoch?: string): Promise<void> {
  const kept =
    epoch === undefined ? [] : [epoch, mediaCache, themeCache, searchCache].map((name) => prefix + name);
  try {
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && !kept.includes(name));
    await Promise.all(names.map((name) => caches.delete(name)));
  } catch {
    // A browser that refuses the cache has none to remove.
  }
}

async function cachedFile(url: string, cacheName: string): Promise<Response | undefined> {
  try {
    return await caches.match(url, { cacheName });
  } catch {
    return undefined;
  }
}

function keep(cacheName: string, url: string, bytes: Bytes): void {
  hold(async () => {
    const cache = await caches.open(prefix + cacheName);
    await cache.put(url, new Response(bytes));
  });
}

/** Keeps an answer of the host as it came, and no more than `limit` of its kind. */
function keepResponse(cacheName: string, response: Response, limit = Infinity): void {
  if (isKeepable(response)) keepAnswer(cacheName, response.url, response.clone(), limit);
}

function isKeepable({ ok, type, headers }: Response): boolean {
  // Some hosts have a page for every address, and what is kept under a name of the theme is kept for good.
  return ok && type === 'basic' && !/html/i.test(headers.get('Content-Type') ?? '');
}

function keepAnswer(cacheName: string, url: string, answer: Response, limit: number): void {
  hold(async () => {
    const cache = await caches.open(prefix + cacheName);
    await cache.put(withoutQuery(url), answer);
    if (limit === Infinity) return;
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, -limit).map((old) => cache.delete(old)));
  });
}

/** Pagefind asks for its first file with the time behind it. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}

// Nobody waits for it: an answer need not.
function hold(write: () => Promise<void>): void {
  if (!isKeeping) return;
  const written = write()
    // A full disk, or a browser that refuses the cache: what has arrived opens all the same.
    .catch(() => {
      unkept += 1;
    })
    .finally(() => writing.delete(written));
  writing.add(written);
}

async function download(url: string, cache: RequestCache, silence: number): Promise<Bytes> {
  const { response, bytes } = await fetchWhole(url, { cache }, silence).catch((cause: unknown) => {
    throw new Unavailable('offline', { cause });
  });
  if (!response.ok) throw new Unavailable(response.status < 500 ? 'broken' : 'offline');
  return bytes;
}

/**
 * Fetches a file to its end, and breaks off where the host falls silent.
 *
 * @param silence - milliseconds, see `patience`
 * @returns no bytes of an answer that is not the file
 */
async function fetchWhole(
  asked: RequestInfo,
  options: RequestInit,
  silence: number,
): Promise<{ response: Response; bytes: Bytes }> {
  const began = performance.now();
  const stop = new AbortController();
  let size = 0;
  const tick = setInterval(() => {
    if (performance.now() - began > silence + (size / pace) * 1000) stop.abort();
  }, 500);
  try {
    const response = await fetch(asked, { ...options, signal: stop.signal });
    const parts: Bytes[] = [];
    const reader = response.ok ? response.body?.getReader() : undefined;
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      parts.push(read.value);
      size += read.value.length;
    }
    return { response, bytes: concat(...parts) };
  } finally {
    clearInterval(tick);
  }
}

async function bytesOf(response: Response): Promise<Bytes> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new Unavailable('offline', { cause });
  }
}
