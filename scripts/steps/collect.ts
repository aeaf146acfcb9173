import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content, MediaFile } from '../../src/markdown/load.ts';
import { site as settingsOfCommunity } from '../../src/site.ts';
import { listFiles } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import { mediaTypeOf } from '../lib/media-types.ts';
import type { Site, Source } from '../lib/site.ts';

/** What the steps before have made. `public` comes from the run that had public sources only. */
export interface Rendered {
  pages: { public: string; members: string };
  content: { public: Content; members: Content };
  /** Search bundles: file name below the bundle → bytes. */
  search: { public: Map<string, Uint8Array>; members: Map<string, Uint8Array> };
  worker: string;
  /** Feed, site map and robots.txt by file name, made of public sources only. */
  feeds: Map<string, string>;
  /** The folder that is copied as is. */
  copied: string;
}

/** The page that stands at every address whose own page is sealed; it is published there and nowhere else. */
const doorPage = 'door/index.html';

/** How a phone installs the site as an app: made of site.ts alone. */
const manifest = 'manifest.webmanifest';

/** Browsers run or render these, so one in `public/` has to be named in site.ts. */
const active = /\.(html?|m?js|svg|xml|xhtml)$/i;

/**
 * Decides for every file of a build whether it is published readable or sealed. A file that no rule names stops the
 * build.
 *
 * @throws CommandError naming the file
 */
export function collectSite(rendered: Rendered): Site {
  const { pages, content, search, worker, feeds } = rendered;
  const site: Site = { readable: new Map(), sealed: new Map() };
  const copied = new Set(listFiles(rendered.copied));
  for (const file of copied) {
    if (active.test(file) && !settingsOfCommunity.activeFiles.includes(file)) {
      throw new CommandError(
        `public/${file}: browsers run such files; list it in src/site.ts (activeFiles) or remove it`,
      );
    }
  }

  for (const file of listFiles(pages.public)) {
    const source = fileSource(join(pages.public, file));
    if (file === doorPage) continue;
    if (!isPage(file) && !isTheme(file) && file !== manifest && !copied.has(file)) {
      throw unclassified('public', file);
    }
    site.readable.set(file, source);
  }

  const door = fileSource(join(pages.public, doorPage));
  for (const file of listFiles(pages.members)) {
    const source = fileSource(join(pages.members, file));
    if (file === doorPage || copied.has(file)) continue;
    if (isTheme(file) || file === manifest) {
      assertSameTheme(file, source, site.readable.get(file));
    } else if (isPage(file)) {
      site.sealed.set(logicalPath(file), { type: mediaTypeOf(file), kind: 'object', read: source });
      if (!site.readable.has(file)) site.readable.set(file, door);
    } else {
      throw unclassified('members', file);
    }
  }

  site.readable.set('sw.js', textSource(worker));
  for (const [name, text] of feeds) {
    // What the operator has put into public/ is theirs to keep.
    if (!copied.has(name)) site.readable.set(name, textSource(text));
  }
  for (const [name, bytes] of search.public) {
    site.readable.set(`pagefind/public/${name}`, () => new Uint8Array(bytes));
  }
  for (const [name, bytes] of search.members) {
    const path = `/pagefind/members/${name}`;
    site.sealed.set(path, { type: mediaTypeOf(name), kind: 'object', read: () => new Uint8Array(bytes) });
  }
  for (const media of content.public.media) site.readable.set(media.path.slice(1), fileSource(media.file));
  for (const media of content.members.media) {
    if (!site.readable.has(media.path.slice(1))) site.sealed.set(media.path, sealedMedia(media));
  }
  return site;
}

const isPage = (file: string) => file.endsWith('.html');
const isTheme = (file: string) => file.startsWith('a/');

/** The logical path of a page's file: `talks/x/index.html` ⇒ `/talks/x/`. */
export function logicalPath(file: string): string {
  return `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
}

function sealedMedia({ type, file }: MediaFile) {
  return { type, kind: 'media' as const, read: fileSource(file) };
}

function fileSource(file: string): Source {
  return () => new Uint8Array(readFileSync(file));
}

function textSource(text: string): Source {
  return () => new TextEncoder().encode(text);
}

/** The theme is published from the public run; a members' page would ask for what is not there if the two differed. */
function assertSameTheme(file: string, members: Source, published: Source | undefined): void {
  if (published && Buffer.compare(published(), members()) === 0) return;
  throw new CommandError(
    `${file}: the theme differs between the public and the members’ run; client code must not depend on audience or content`,
  );
}

function unclassified(run: string, file: string): CommandError {
  return new CommandError(
    `${file} (${run} run): nobody has said whether this kind of file is public or sealed; see scripts/steps/collect.ts`,
  );
}
