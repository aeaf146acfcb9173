import { join } from 'node:path';
import type { MediaFile } from '../../src/markdown/content.ts';
import { listCopied } from '../lib/copied.ts';
import { listFiles, readBytes } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { mediaTypeOf } from '../../src/media-types.ts';
import { isPage, logicalPath } from '../lib/page-files.ts';
import type { Layer, SealedSource, Site, Source } from '../lib/site.ts';

/** What the previous steps have made. */
export interface Made {
  /** One layer for each audience, the public first, whose run was given public sources only. */
  layers: readonly Layer[];
  worker: string;
  /** Feed, site map and robots.txt by file name, made of public sources only. */
  feeds: Map<string, string>;
  /** The folder with style sheets, scripts and the files that are copied unchanged; the same for all audiences. */
  theme: string;
  /** The folder whose files the theme copies. */
  copied: string;
}

/** The page that is published at every address whose own page is sealed. It has no address of its own. */
const doorPage = 'door/index.html';
/** The folder of the doors of entries with a teaser: `door/talks/x/index.html` is published as `talks/x/index.html`. */
const doors = 'door/';

/** The web app manifest, by which phones install the site as an app: made of site.ts alone. */
const manifest = 'manifest.webmanifest';

/**
 * Decides for every file of a build whether it is published readable or sealed. A file that no rule covers stops the
 * build.
 *
 * @throws CommandError naming the file
 */
export function collectSite({ layers, worker, feeds, theme, copied: copiedFolder }: Made): Site {
  const [open, ...tiers] = layers as [Layer, ...Layer[]];
  const site: Site = { readable: new Map(), sealed: new Map() };
  const copied = listCopied(copiedFolder);

  for (const file of listFiles(theme)) {
    if (!isTheme(file) && !copied.has(file)) throw unclassified('theme', file);
    site.readable.set(file, fileSource(join(theme, file)));
  }
  const openPages = new Set(listFiles(open.pages));
  for (const file of openPages) {
    if (file.startsWith(doors)) continue;
    if (!isPage(file) && file !== manifest) throw unclassified('public', file);
    if (copied.has(file)) {
      throw new CommandError(`public/${file}: a page of the site has this path; rename the file`);
    }
    site.readable.set(file, fileSource(join(open.pages, file)));
  }
  site.readable.set('sw.js', textSource(worker));
  for (const [name, text] of feeds) {
    // A file that the operator put into public/ takes precedence.
    if (!copied.has(name)) site.readable.set(name, textSource(text));
  }
  for (const [name, bytes] of open.search) {
    site.readable.set(`pagefind/public/${name}`, () => new Uint8Array(bytes));
  }
  for (const media of open.content.media) site.readable.set(media.path.slice(1), fileSource(media.file));

  const door = once(fileSource(join(open.pages, doorPage)));
  const doorOf = (file: string) =>
    openPages.has(doors + file) ? fileSource(join(open.pages, doors, file)) : door;
  for (const { audience, pages, content, search } of tiers) {
    const sealed = new Map<string, SealedSource>();
    const seal = (path: string, source: SealedSource) => {
      const below = [...site.sealed.values()].findLast((tier) => tier.has(path))?.get(path);
      if (!below || !isSame(below, source)) sealed.set(path, source);
    };
    for (const file of listFiles(pages)) {
      if (file.startsWith(doors) || file === manifest) continue;
      if (!isPage(file)) throw unclassified(audience, file);
      const source = fileSource(join(pages, file));
      seal(logicalPath(file), { type: mediaTypeOf(file), kind: 'object', read: source });
      if (!site.readable.has(file)) site.readable.set(file, doorOf(file));
    }
    for (const [name, bytes] of search) {
      const path = `/pagefind/${audience}/${name}`;
      seal(path, { type: mediaTypeOf(name), kind: 'object', read: () => new Uint8Array(bytes) });
    }
    for (const media of content.media) {
      if (!site.readable.has(media.path.slice(1))) seal(media.path, sealedMedia(media));
    }
    site.sealed.set(audience, sealed);
  }
  return site;
}

/**
 * Whether the tier below has the same content at a path. The name of a media file contains its digest, so equal paths
 * are enough.
 */
function isSame(below: SealedSource, source: SealedSource): boolean {
  if (below.type !== source.type || below.kind !== source.kind) return false;
  return source.kind === 'media' || Buffer.compare(below.read(), source.read()) === 0;
}

const isTheme = (file: string) => file.startsWith('a/') && !file.endsWith('.map');

function sealedMedia({ type, file }: MediaFile): SealedSource {
  return { type, kind: 'media', read: fileSource(file) };
}

function fileSource(file: string): Source {
  return () => readBytes(file);
}

/** Reads a source once, for a file that is published at many addresses. */
function once(source: Source): Source {
  let read: ReturnType<Source> | undefined;
  return () => (read ??= source());
}

function textSource(text: string): Source {
  return () => new TextEncoder().encode(text);
}

function unclassified(run: string, file: string): CommandError {
  return new CommandError(
    `${file} (${run} run): no rule says whether this kind of file is public or sealed; see scripts/steps/collect.ts`,
  );
}
