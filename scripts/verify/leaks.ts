import { basename } from 'node:path';
import { inBatches } from '../../src/vault/batches.ts';
import { listFiles } from '../lib/folder.ts';
import type { Settings } from '../lib/settings.ts';
import { ask, type Answer } from './ask.ts';
import type { Finding } from './finding.ts';
import type { Host } from './host.ts';

/** What is left on a web server by mistake, below the site or in a folder above it. */
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
  // Where search, feeds and language models look by themselves.
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

/** How many of the content's files are asked for by name. */
const contentAsked = 8;

/** Some hosts leave such addresses without any answer. No need to wait (milliseconds) as for a file of the site. */
const patience = 10_000;

/** Enough of an answer to tell it from the page for what is missing. */
const enough = 64 * 1024;

/**
 * Tries addresses at which sites have let out what they should not.
 *
 * @param readable - the files that the site is meant to have
 * @param missing - how the host answers for what is not there
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
    // An address that can't be asked for lets nothing out; whether the host answers at all, the rest says.
    if (typeof answer === 'string' || answer.status < 200 || answer.status >= 300) return [];
    const isForAnything =
      answer.status === missing.status && equal(answer.body, missing.body.subarray(0, enough));
    return isForAnything
      ? []
      : [{ address: url, problem: 'is there for everyone to read, and no file of the site' }];
  });
  return answers.flat();
}

/** The content and the members list, as they would lie beside a site that was served from the project's folder. */
function sourcesOf({ content, members }: Pick<Settings, 'content' | 'members'>): string[] {
  const pieces = listFiles(content).filter((file) => file.endsWith('.mdx'));
  const asked = pieces.filter((_, i) => i % Math.ceil(pieces.length / contentAsked) === 0);
  return [basename(members), ...asked.flatMap((file) => [file, `content/${file}`])];
}

/** `https://host/a/b` ⇒ the site's own folder and those above it, each with its `/`. */
function foldersAbove(site: string): string[] {
  const { origin, pathname } = new URL(`${site}/`);
  const names = pathname.split('/').filter((name) => name !== '');
  return names.map((_, i) => `${origin}/${names.slice(0, i + 1).join('/')}/`).concat(`${origin}/`);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
