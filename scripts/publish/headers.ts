const forEver = 'public, max-age=31536000, immutable';

/** What keeps longer or shorter than the rest, by path, a folder with its `/`. Names used once keep for ever. */
export const caching: Record<string, string> = {
  'o/': forEver,
  'a/': forEver,
  'media/': forEver,
  root: 'no-store',
};

/** For all else: kept, but asked for each time. */
export const usualCaching = 'no-cache';

/** The Cache-Control under which a published file is stored. */
export function cachingOf(path: string): string {
  const [folder] = /^[^/]+\//.exec(path) ?? [];
  return caching[folder ?? path] ?? usualCaching;
}
