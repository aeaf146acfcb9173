import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { site as community } from '../../src/site.ts';
import type { Settings } from '../lib/settings.ts';

/** The most pieces in a feed. Feed readers ask often enough to miss none. */
const newest = 50;

/**
 * Composes the files for machines: a feed (Atom, RFC 4287) and a site map of what anyone may read, and robots.txt (RFC
 * 9309). Feed and site map need absolute addresses, so without `KB_SITE` there is only robots.txt.
 *
 * @param content - the content of the run that had public sources only
 * @returns file name → text
 */
export function composeFeeds(
  { entries }: Pick<Content, 'entries'>,
  { site, base }: Pick<Settings, 'site' | 'base'>,
  { crawlers } = community,
): Map<string, string> {
  const isOpen = crawlers === 'public pages';
  const files = new Map([['robots.txt', robots(base, isOpen ? site : undefined, isOpen)]]);
  if (site === undefined) return files;
  const pieces = entries.filter(({ form }) => form !== 'people');
  if (pieces.length > 0) files.set('feed.xml', feed(site, pieces));
  if (isOpen) files.set('sitemap.xml', sitemap(site, entries));
  return files;
}

/** Returns robots.txt. Where crawlers are allowed, only sealed files are excluded: doors carry their own noindex. */
function robots(base: string, site: string | undefined, isOpen: boolean): string {
  const lines = ['User-agent: *', `Disallow: ${base}/${isOpen ? 'o/' : ''}`];
  if (site !== undefined) lines.push('', `Sitemap: ${site}/sitemap.xml`);
  return `${lines.join('\n')}\n`;
}

function feed(site: string, pieces: Entry[]): string {
  const shown = pieces.slice(0, newest);
  const changed = shown.map(changedOn).reduce((a, b) => (a > b ? a : b));
  return document(
    x('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': community.language }, [
      x('title', community.name),
      x('subtitle', community.tagline),
      x('id', `${site}/`),
      x('link', { href: `${site}/` }),
      x('link', { rel: 'self', href: `${site}/feed.xml` }),
      x('updated', midnight(changed)),
      x('author', [x('name', community.name)]),
      ...shown.map((entry) =>
        x('entry', [
          x('title', entry.title),
          x('id', site + entry.address),
          x('link', { href: site + entry.address }),
          x('published', midnight(entry.date)),
          x('updated', midnight(changedOn(entry))),
          ...(summaryOf(entry) ? [x('summary', summaryOf(entry))] : []),
        ]),
      ),
    ]),
  );
}

function sitemap(site: string, entries: Entry[]): string {
  return document(
    x('urlset', { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' }, [
      x('url', [x('loc', `${site}/`)]),
      ...entries.map((entry) => x('url', [x('loc', site + entry.address), x('lastmod', changedOn(entry))])),
    ]),
  );
}

function document(root: ReturnType<typeof x>): string {
  return `${toXml([{ type: 'instruction', name: 'xml', value: 'version="1.0" encoding="utf-8"' }, root])}\n`;
}

const changedOn = (entry: Entry) => ('updated' in entry.data ? entry.data.updated : undefined) ?? entry.date;
const summaryOf = (entry: Entry) => ('summary' in entry.data ? entry.data.summary : undefined);

/** Returns the start of a day in Shanghai as a timestamp. */
const midnight = (date: string) => `${date}T00:00:00+08:00`;
