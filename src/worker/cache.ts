import { objectAddress, type Bytes } from '../vault/index.ts';
import { fetchWhole } from './whole.ts';

/** A sealed file could not be fetched: the host was unreachable, or it has no such file. */
export class Unavailable extends Error {
  readonly reason: 'offline' | 'broken';

  constructor(reason: 'offline' | 'broken', options?: ErrorOptions) {
    super(`sealed file unavailable: ${reason}`, options);
    this.reason = reason;
  }
}

/** Prefix of this site's caches. Objects are in a cache named by their epoch; media and the theme outlive epochs. */
export const cachePrefix = `gate ${__BASE__} `;
export const mediaCache = 'media';
export const themeCache = 'theme';
const searchCache = 'public search';
/** Maximum number of cached files of the public search index. */
const searchLimit = 200;
/** Maximum number of cached media files that nobody took along: some 125 MB in segments of 64 KiB, hours of talk. */
const mediaLimit = 2000;
/**
 * When an epoch's cache has this many files, some 15 MB, those that the newest build no longer names are removed. This
 * is not done after every build, because it takes every shard of the tables.
 */
const crowd = 1000;

let isKeeping = true;
/** The number of files that the browser failed to store. */
let unkept = 0;
const writing = new Set<Promise<void>>();

/**
 * The time limit of a download in milliseconds, see {@link fetchWhole}. Media segments have a longer one, as they may be
 * queued behind others.
 */
const patience = { page: 15_000, media: 120_000 };

/** Allows writes to the caches. */
export function keepFiles(): void {
  isKeeping = true;
}

/** Stops new writes to the caches, because the member logs out. Writes under way continue. */
export function stopKeeping(): void {
  isKeeping = false;
}

/**
 * Opens a sealed file by name, from the cache or from the host. Only ciphertext that opens is cached, never plaintext.
 *
 * The content of a name never changes, so HTTP caches may also keep a wrong answer for ever, such as an error page of
 * the host. A file that does not open is therefore fetched once more, past all HTTP caches.
 *
 * @param cacheName - an epoch, or `mediaCache`
 * @param open - throws when the bytes don't open
 * @throws Unavailable, or what `open` throws
 */
export async function openSealed<T>(
  name: string,
  cacheName: string,
  open: (bytes: Bytes) => Promise<T>,
): Promise<T> {
  const url = sealedAddress(name);
  const cached = await cachedFile(url, cachePrefix + cacheName);
  if (cached) {
    const opened = await cached
      .arrayBuffer()
      .then((bytes) => open(new Uint8Array(bytes)))
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

/** Waits for pending writes, and returns the number of failed ones since this worker was started. */
export async function countUnkept(): Promise<number> {
  await Promise.all(writing);
  return unkept;
}

/** Removes files from a cache. */
export async function dropFiles(cacheName: string, addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(cachePrefix + cacheName);
  await Promise.all(addresses.map((address) => cache.delete(address)));
}

/** Whether an epoch's cache has so many files that looking for unneeded ones is worth it. */
export async function isCrowded(epoch: string): Promise<boolean> {
  const cache = await caches.open(cachePrefix + epoch);
  return (await cache.keys()).length >= crowd;
}

/** Removes all files but these from a cache. */
export async function dropOthers(cacheName: string, needed: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(cachePrefix + cacheName);
  const others = (await cache.keys()).filter(({ url }) => !needed.has(new URL(url).pathname));
  await Promise.all(others.map((other) => cache.delete(other)));
}

/**
 * Fetches a file of the public search index, or takes the cached one when the host is unreachable or has an error:
 * search doesn't work with the sealed part of the index alone.
 */
export async function fetchPublicIndex(request: Request): Promise<Response> {
  const kept = () => cachedFile(withoutQuery(request.url), cachePrefix + searchCache);
  try {
    const { response, answer } = await fetchReadable(request, patience.page);
    if (response.status >= 500) return (await kept()) ?? answer();
    if (isKeepable(response)) keepAnswer(searchCache, response.url, answer(), searchLimit);
    return answer();
  } catch (error) {
    const cached = await kept();
    if (cached) return cached;
    throw error;
  }
}

/** The cache address of a sealed file. */
export function sealedAddress(name: string): string {
  return __BASE__ + objectAddress(name);
}

/** The cache address of media of a public piece. */
export function publicAddress(path: string): string {
  return __BASE__ + encodeURI(path.slice(1));
}

/** Removes the oldest media until, besides those at the needed addresses, at most `mediaLimit` are left. */
export async function trimMedia(needed: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(cachePrefix + mediaCache);
  const passing = (await cache.keys()).filter(({ url }) => !needed.has(new URL(url).pathname));
  await Promise.all(passing.slice(0, -mediaLimit).map((old) => cache.delete(old)));
}

/** Finds cached media of a public piece. They are never stale, because their names follow from their content. */
export function findPublic(request: Request): Promise<Response | undefined> {
  return cachedFile(request.url, cachePrefix + mediaCache);
}

/** Caches media of a public piece as they came, so that a piece taken along is complete. */
export function keepPublic(response: Response): void {
  if (isKeepable(response)) keepAnswer(mediaCache, response.url, response.clone());
}

/** Removes the caches of all epochs but the given one, or without one all caches of this site. */
export async function pruneCaches(epoch?: string): Promise<void> {
  const kept =
    epoch === undefined ? [] : [epoch, mediaCache, themeCache, searchCache].map((name) => cachePrefix + name);
  try {
    const names = (await caches.keys()).filter(
      (name) => name.startsWith(cachePrefix) && !kept.includes(name),
    );
    await Promise.all(names.map((name) => caches.delete(name)));
  } catch {
    // A browser that refuses caches has none to remove.
  }
}

/** A file from a cache of the browser; undefined when it isn't there, or the browser refuses caches. */
export async function cachedFile(url: string, cacheName: string): Promise<Response | undefined> {
  try {
    return await caches.match(url, { cacheName });
  } catch {
    return undefined;
  }
}

function keep(cacheName: string, url: string, bytes: Bytes): void {
  hold(async () => {
    const cache = await caches.open(cachePrefix + cacheName);
    await cache.put(url, new Response(bytes));
  });
}

/** Whether an answer of the host may be the file that was asked for. */
export function isKeepable({ ok, type, headers }: Response): boolean {
  // Some hosts answer every address with a page; cached under a theme file's name, that page would stay for good.
  return ok && type === 'basic' && !/html/i.test(headers.get('Content-Type') ?? '');
}

/** Caches an answer of the host, and at most `limit` files in that cache. */
export function keepAnswer(cacheName: string, url: string, answer: Response, limit = Infinity): void {
  hold(async () => {
    const cache = await caches.open(cachePrefix + cacheName);
    await cache.put(withoutQuery(url), answer);
    if (limit === Infinity) return;
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, -limit).map((old) => cache.delete(old)));
  });
}

/** Removes the query: Pagefind appends the time to the address of its first file. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}

// Writes in the background, so that answers don't wait for it.
function hold(write: () => Promise<void>): void {
  if (!isKeeping) return;
  const written = write()
    // A full disk, or a browser that refuses caches; the file opens all the same.
    .catch(() => {
      unkept += 1;
    })
    .finally(() => writing.delete(written));
  writing.add(written);
}

/** A readable file as the host sent it. */
export interface Readable {
  response: Response;
  /** Empty unless the status is ok. */
  bytes: Bytes;
  /** Makes an answer to a page of it. */
  answer: () => Response;
}

/**
 * Fetches a readable file whole and with a time limit: browsers queue further requests for a file behind one that
 * hangs.
 *
 * @param silence - see {@link fetchWhole}
 */
export async function fetchReadable(
  request: Request,
  silence: number,
  options: RequestInit = {},
): Promise<Readable> {
  const { response, bytes } = await fetchWhole(request, options, silence);
  if (!response.ok) return { response, bytes, answer: () => response };
  // Keep the host's headers, above all its policy: search runs in a worker, to which no page's policy applies.
  const headers = new Headers(response.headers);
  // These describe the bytes on the wire, not the decoded ones.
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
  return { response, bytes, answer: () => new Response(bytes, { headers }) };
}

/** The downloads of sealed files that have not ended. */
const underway = new Map<string, Promise<Bytes>>();

/** Downloads a sealed file, once for all who ask for it meanwhile: on a slow connection a second copy doubles the wait. */
function download(url: string, cache: RequestCache, silence: number): Promise<Bytes> {
  const key = `${cache} ${url}`;
  const known = underway.get(key);
  if (known) return known;
  const downloading = downloadAnew(url, cache, silence).finally(() => underway.delete(key));
  underway.set(key, downloading);
  return downloading;
}

async function downloadAnew(url: string, cache: RequestCache, silence: number): Promise<Bytes> {
  const { response, bytes } = await fetchWhole(url, { cache }, silence).catch((cause: unknown) => {
    throw new Unavailable('offline', { cause });
  });
  if (!response.ok) throw new Unavailable(response.status < 500 ? 'broken' : 'offline');
  return bytes;
}
