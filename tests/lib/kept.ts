import type { Visitor } from './visitor.ts';

/**
 * Waits until a browser with the worker has stored, in the background, what each build brings: the offline page and
 * everything that the reader keeps, and has looked for a reminder. Until then it sends the host requests that a test
 * doesn't expect.
 *
 * @param base - `/` or `/repo/`
 * @param build - the number of the build to wait for; without it, any
 */
export async function keptUp(visitor: Visitor, base: string, build?: number): Promise<void> {
  await visitor.evaluate(
    async ({ key, number }) => {
      const hasKeptUp = () => {
        const kept = localStorage.getItem(key);
        return kept !== null && (number === undefined || kept === String(number));
      };
      while (!hasKeptUp()) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    { key: `jinghua ${base} kept-up`, number: build },
  );
  await reminded(visitor, base);
}

/** Waits until a browser has looked, in the background, for today's reminder that the membership ends soon. */
export function reminded(visitor: Visitor, base: string): Promise<void> {
  return visitor.evaluate(async (key) => {
    while (localStorage.getItem(key) === null) await new Promise((resolve) => setTimeout(resolve, 50));
  }, `jinghua ${base} reminded`);
}

/** Waits until the worker has stored what it has opened so far: it answers first, and stores afterwards. */
export function stored(visitor: Visitor): Promise<void> {
  return visitor.evaluate(async () => {
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise((resolve) => (port1.onmessage = resolve));
    navigator.serviceWorker.controller!.postMessage({ verb: 'settle' }, [port2]);
    await answered;
  }, null);
}

/** How many media files that nobody kept stay on a device; same as in src/worker/cache.ts. */
const MEDIA_LIMIT = 2000;

/** The numbers of the files that {@link fillMedia} adds and that should stay. */
export const NEWEST_MEDIA = Array.from({ length: MEDIA_LIMIT }, (_, at) => String(at + 5));

/** Adds five more media files to a device than should stay, as a reader would over months. */
export function fillMedia(visitor: Visitor, base: string): Promise<void> {
  return visitor.evaluate(
    async ({ cache, count }) => {
      const media = await caches.open(cache);
      for (let at = 0; at < count; at++) await media.put(`/o/passing/${at}`, new Response());
    },
    { cache: `gate ${base} media`, count: MEDIA_LIMIT + 5 },
  );
}

/** The number of files of an epoch from which the worker cleans up; same as in src/worker/cache.ts. */
const CROWD = 1000;

/** Adds so many pages of earlier builds to a device that the worker cleans up. */
export function fillEpoch(visitor: Visitor, base: string): Promise<void> {
  return visitor.evaluate(
    async ({ prefix, count }) => {
      const names = await caches.keys();
      const cache = await caches.open(
        names.find((name) => /^[0-9a-f]{32}$/.test(name.slice(prefix.length)))!,
      );
      for (let at = 0; at < count; at++) await cache.put(`/o/passing/${at}`, new Response());
    },
    { prefix: `gate ${base} `, count: CROWD },
  );
}

/** Returns the numbers of the media files that are still there. */
export function mediaLeft(visitor: Visitor, base: string): Promise<string[]> {
  return visitor.evaluate(async (cache) => {
    const asked = await (await caches.open(cache)).keys();
    return asked.flatMap(({ url }) => url.split('/passing/')[1] ?? []);
  }, `gate ${base} media`);
}

/** Fills the `localStorage` of the site whose page is open. The returned function frees it again. */
export async function fillLocal(visitor: Visitor): Promise<() => Promise<void>> {
  await visitor.evaluate(() => {
    // One item, because the keys of several would leave the characters free that one more key takes.
    let filler = '';
    for (let size = 2 ** 23; size >= 1; size /= 2) {
      const more = filler + 'x'.repeat(size);
      try {
        localStorage.setItem('filler', more);
        filler = more;
      } catch {
        // Then half of that may fit.
      }
    }
  }, null);
  return () =>
    visitor.evaluate(() => {
      localStorage.removeItem('filler');
    }, null);
}
