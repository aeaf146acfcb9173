import type { Visitor } from './visitor.ts';

/**
 * Waits until a browser with the worker has taken along, in the background, what each build brings: the page that is
 * shown without a network, and what the reader keeps. Until then it asks the host for more than a test does.
 *
 * @param base - `/` or `/repo/`
 * @param build - the number of the build that it is to have come to; without one, of any
 */
export function keptUp(visitor: Visitor, base: string, build?: number): Promise<void> {
  return visitor.evaluate(
    async ({ key, number }) => {
      const hasKeptUp = () => {
        const kept = localStorage.getItem(key);
        return kept !== null && (number === undefined || kept === String(number));
      };
      while (!hasKeptUp()) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    { key: `jinghua ${base} kept-up`, number: build },
  );
}

/** How many files of media that nobody took along stay on a device: as src/worker/cache.ts says. */
const MEDIA_LIMIT = 2000;

/** The numbers of files that {@link fillMedia} has put there and that are to stay. */
export const NEWEST_MEDIA = Array.from({ length: MEDIA_LIMIT }, (_, at) => String(at + 5));

/** Puts five more files of media on a device than are to stay there, as a reader would in months. */
export function fillMedia(visitor: Visitor, base: string): Promise<void> {
  return visitor.evaluate(
    async ({ cache, count }) => {
      const media = await caches.open(cache);
      for (let at = 0; at < count; at++) await media.put(`/o/passing/${at}`, new Response());
    },
    { cache: `gate ${base} media`, count: MEDIA_LIMIT + 5 },
  );
}

/** From how many files of an epoch on it is looked which are still needed: as src/worker/cache.ts says. */
const CROWD = 1000;

/** Puts so many pages of earlier builds on a device that it is looked which are still needed. */
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

/** The numbers of those files that are there still. */
export function mediaLeft(visitor: Visitor, base: string): Promise<string[]> {
  return visitor.evaluate(async (cache) => {
    const asked = await (await caches.open(cache)).keys();
    return asked.flatMap(({ url }) => url.split('/passing/')[1] ?? []);
  }, `gate ${base} media`);
}
