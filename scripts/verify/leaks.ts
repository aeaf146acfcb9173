import { basename } from 'node:path';
import { inBatches } from '../../src/vault/batches.ts';
import { listFiles } from '../lib/folder.ts';
import type { Settings } from '../lib/settings.ts';
import { ask, type Answer } from './ask.ts';
import type { Finding } from './finding.ts';
import type { Host } from './host.ts';

/** Files that are often left on a web server by mistake, below the site or in a folder above it. */
const usual = [
  '.git/HEAD',
  '.git/config',
  '.gitignore',
  '.env',
  '.env.local',
  '.env.production',
  '.kb-secret',
  '.npmrc',
  '.DS_Store',
  '.work/',
  '.work/built',
  '.work/pages/members/index.html',
  '.work/sources/',
  '.work/published/',
  'dist.jinghua-next/root',
  'dist.jinghua-previous/root',
  'dist/root',
  'members.yaml',
  'members.csv',
  'content/',
  'content/topics.yaml',
  'content/start.yaml',
  'package.json',
  'package-lock.json',
  'astro.config.mjs',
  'src/site.ts',
  'node_modules/.package-lock.json',
  'dist.zip',
  'dist.tar.gz',
  'content.zip',
  'backup.zip',
  'site.zip',
  // Addresses where search engines, feed readers and language models look by themselves.
  'pagefind/pagefind-entry.json',
  'pagefind/pagefind.js',
  'rss.xml',
  'atom.xml',
  'feed.xml',
  'sitemap.xml',
  'sitemap-index.xml',
  'llms.txt',
  'llms-full.txt',
];

/** How many of the content's files are requested by name. */
const contentAsked = 8;

/**
 * How long to wait for an answer, in milliseconds. Some hosts never answer such addresses, so it is shorter than for
 * files of the site.
 */
const patience = 10_000;

/** Enough bytes of an answer to distinguish it from the 404 page. */
const enough = 64 * 1024;

/**
 * Requests addresses at which sites have leaked files.
 *
 * @param readable - the files that the site is meant to have
 * @param missing - the host's answer for a missing file
 * @returns one finding for each address that answers
 */
export async function tryLeaks(
  host: Host,
  readable: string[],
  missing: Answer,
  settings: Pick<Settings, 'content' | 'members'>,
): Promise<Finding[]> {
  const { site } = host;
  if (host.isGivenUp) return [];
  const known = new Set(readable);
  const own = [...usual, ...sourcesOf(settings)].flatMap((path) =>
    foldersAbove(site).map((folder) => folder + path),
  );
  const maps = readable.filter((file) => /\.(js|css)$/.test(file)).map((file) => `${site}/${file}.map`);
  const addresses = [...new Set([...own, ...maps])].filter((url) => !known.has(url.slice(site.length + 1)));
  const answers = await inBatches(addresses, 8, async (url) => {
    const answer = await ask(url, enough, patience);
    // An address without an answer leaks nothing; other checks report a host that doesn't answer.
    if (typeof answer === 'string' || answer.status < 200 || answer.status >= 300) return [];
    const isForAnything =
      answer.status === missing.status && equal(answer.body, missing.body.subarray(0, enough));
    return isForAnything
      ? []
      : [{ address: url, problem: 'is readable by everyone, but is not a file of the site' }];
  });
  return answers.flat();
}

/** Returns the paths of content and members list on a host that serves the project's folder. */
function sourcesOf({ content, members }: Pick<Settings, 'content' | 'members'>): string[] {
  const pieces = listFiles(content).filter((file) => file.endsWith('.mdx'));
  const asked = pieces.filter((_, i) => i % Math.ceil(pieces.length / contentAsked) === 0);
  return [basename(members), ...asked.flatMap((file) => [file, `content/${file}`])];
}

/** `https://host/a/b` ⇒ `https://host/a/`, `https://host/a/b/` and `https://host/`: the site's folder and those above. */
function foldersAbove(site: string): string[] {
  const { origin, pathname } = new URL(`${site}/`);
  const names = pathname.split('/').filter((name) => name !== '');
  return names.map((_, i) => `${origin}/${names.slice(0, i + 1).join('/')}/`).concat(`${origin}/`);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
