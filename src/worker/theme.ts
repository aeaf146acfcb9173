import { isFailing } from '../gate/failing.ts';
import { digest } from '../vault/kdf.ts';
import { toName } from '../vault/name.ts';
import {
  cachedFile,
  cachePrefix,
  fetchReadable,
  isKeepable,
  keepAnswer,
  themeCache,
  type Readable,
} from './cache.ts';
import { sleep } from './sleep.ts';

/** Maximum number of cached files of the theme; one build has about seventy. */
const limit = 120;
/** The time limit of a download in milliseconds, see {@link fetchWhole}: it may be queued behind others. */
const patience = 120_000;
/** Milliseconds until a file that failed is asked for again. */
const retryAfter = 1000;
const digests = new Map(Object.entries(__THEME__));

/**
 * Fetches a file of the theme from the cache, else from the host, because offline pages need their styles and scripts.
 * A page stays without a file that failed until it is reloaded, so after a failure that may pass the host is asked once
 * more.
 *
 * The content of a name never changes, so HTTP caches may also keep a wrong answer for ever, such as a file that was
 * still being uploaded. A file that this worker's build had otherwise is therefore fetched once more, past all HTTP
 * caches, and is not cached here: some hosts change what they send.
 */
export async function fetchTheme(request: Request): Promise<Response> {
  const cached = await cachedFile(request.url, cachePrefix + themeCache);
  if (cached) return cached;
  let asked = await fetchReadable(request, patience).catch(() => null);
  if (!asked || isFailing(asked.response)) {
    await sleep(retryAfter);
    asked = await fetchReadable(request, patience);
  }
  if (!(await isRight(asked))) asked = await fetchReadable(request, patience, { cache: 'reload' });
  const { response, answer } = asked;
  if (isKeepable(response) && (await isRight(asked))) keepAnswer(themeCache, response.url, answer(), limit);
  return answer();
}

/** Removes wrong files from the cache: the worker before this one didn't know what this build has. */
export async function dropWrong(): Promise<void> {
  const name = cachePrefix + themeCache;
  // Opening would make it.
  if (!(await caches.has(name))) return;
  const cache = await caches.open(name);
  for (const { url } of await cache.keys()) {
    const response = await cache.match(url);
    if (response && !(await isAsBuilt(url, new Uint8Array(await response.arrayBuffer()))))
      await cache.delete(url);
  }
}

/** Whether a file is the one that was built, as far as this worker knows; an error is not another file. */
async function isRight({ response, bytes }: Readable): Promise<boolean> {
  return !response.ok || (await isAsBuilt(response.url, bytes));
}

/** Whether a file is one that this worker doesn't know, or has the bytes that it knows. */
export async function isAsBuilt(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const known = digests.get(new URL(url).pathname.replace(/^.*\//, ''));
  return known === undefined || toName(await digest(bytes)) === known;
}
