import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { isTeased } from '../../src/markdown/projection.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { circlesOf, tiersOf } from '../../src/model/audience.ts';
import type { Layer, Site } from '../lib/site.ts';

/** Files that are made from no entry, or from public ones in another step. The net searches them like all others. */
const made = new Set(['sw.js', 'robots.txt', 'feed.xml', 'sitemap.xml']);

/**
 * Checks the origin of every readable file, independently of the step that classified it: a page or door has to come
 * from the run that was given public sources only, search files from its index, the theme from a run without content,
 * and media from an entry that strangers may read, without metadata. Source maps are refused: readers don't need them,
 * and they contain the code's comments.
 *
 * @returns one sentence for each file that must not be published
 */
export async function checkOrigin(
  readable: Site['readable'],
  open: Pick<Layer, 'pages' | 'search'>,
  theme: string,
  whole: Pick<Content, 'entries' | 'media'>,
): Promise<string[]> {
  const media = new Map(whole.media.map((file) => [file.path, file]));
  const shown = new Set(whole.entries.flatMap(mediaForStrangers));
  const fileOf = (folder: string, path: string) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  // Read once: this file is published at most addresses of a site.
  const door = fileOf(open.pages, 'door/index.html');
  const problemOf = async (path: string, bytes: Uint8Array): Promise<string | undefined> => {
    if (path.startsWith('media/')) {
      const file = media.get(`/${path}`);
      if (!file || !shown.has(file.path))
        return `is not public: it belongs to ${file?.entries.join(', ') ?? 'no entry'}`;
      if (!readFileSync(file.file).equals(bytes)) return 'differs from the file that its entry shows';
      if (file.type === 'image/webp' && (await hasTags(bytes)))
        return 'contains metadata besides the picture';
      return undefined;
    }
    if (path.startsWith('pagefind/')) {
      const indexed = open.search.get(path.replace(/^pagefind\/public\//, ''));
      return indexed && Buffer.from(indexed).equals(bytes) ? undefined : 'is not part of the public index';
    }
    if (
      path.endsWith('.map') ||
      (/\.(?:js|css)$/.test(path) && Buffer.from(bytes).includes('sourceMappingURL='))
    ) {
      return 'exposes the source of a script';
    }
    const isPage = path.endsWith('.html');
    const isPublic =
      made.has(path) ||
      (isPage && [door, fileOf(open.pages, join('door', path))].some((one) => one?.equals(bytes))) ||
      [open.pages, theme].some((folder) => fileOf(folder, path)?.equals(bytes));
    return isPublic ? undefined : 'was not made by the run that had only public sources';
  };

  const findings: string[] = [];
  for (const [path, read] of readable) {
    const problem = await problemOf(path, read());
    if (problem !== undefined) findings.push(`${path}: ${problem}`);
  }
  return findings;
}

/**
 * Checks that each tier's media belong to entries that its members may read. The files themselves are opened and
 * compared by the exact audit, and a picture or a recording has no text that the nets could find.
 *
 * @returns one sentence for each file of a higher tier
 */
export function checkMediaOfTiers(
  sealed: Site['sealed'],
  { entries, media, tiers }: Pick<Content, 'entries' | 'media' | 'tiers'>,
): string[] {
  const owners = new Map(media.map((file) => [file.path, file.entries]));
  return [...sealed].flatMap(([tier, sources]) => {
    const circles = circlesOf(tier, tiersOf(tiers));
    const shown = new Set(
      entries.flatMap((entry) =>
        circles.includes(entry.access) ? mediaOf(entry) : mediaForStrangers(entry),
      ),
    );
    return [...sources]
      .filter(([path, { kind }]) => kind === 'media' && !shown.has(path))
      .map(
        ([path]) =>
          `${path} (${tier}): is not for this tier: it belongs to ${owners.get(path)?.join(', ') ?? 'no entry'}`,
      );
  });
}

/** Returns the paths of the media that an entry shows to those who may read all of it. */
function mediaOf({ html, cover, audio }: Entry): string[] {
  return [html, cover?.srcset, audio?.src].flatMap(mediaIn);
}

/** Returns the paths of the media that an entry shows to strangers. */
function mediaForStrangers(entry: Entry): string[] {
  const { access, publicHtml, cover } = entry;
  if (access === 'public') return mediaOf(entry);
  if (publicHtml !== undefined) return [publicHtml, cover?.srcset].flatMap(mediaIn);
  return isTeased(entry) ? mediaIn(cover?.srcset) : [];
}

function mediaIn(text = ''): string[] {
  return Array.from(text.matchAll(/\/media\/[^"\s,]+/g), ([path]) => decodeURIComponent(path));
}

async function hasTags(bytes: Uint8Array): Promise<boolean> {
  const { exif, xmp, iptc, comments } = await sharp(bytes).metadata();
  return [exif, xmp, iptc, comments].some((tags) => tags !== undefined);
}
