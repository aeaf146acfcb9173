import { hash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dayInShanghai, isDate } from '../../src/model/week.ts';
import { CommandError } from './main.ts';

/** Everything that the environment decides about a run. Paths are absolute. */
export interface Settings {
  root: string;
  content: string;
  /** Where to ask git for the authors and dates of the content; `content` may be a copy of it, or an earlier state. */
  history: { folder: string; revision: string };
  out: string;
  members: string;
  /** The work folder, whose files can all be made again. A build with its own content or output has its own. */
  work: string;
  /** Caches that depend on content alone, shared by all builds of this checkout. */
  cache: string;
  /** The site's address without a trailing slash, or `undefined` if KB_SITE is not set. */
  site: string | undefined;
  /** The path of the site below its origin: '' or '/repo'. */
  base: string;
  /** The only date that a build reads as today, YYYY-MM-DD. */
  date: string;
  /** The number of this build; a browser refuses one lower than it has seen. */
  number: number;
  port: number | undefined;
  ci: boolean;
}

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Reads the environment variables that docs/operations.md lists.
 *
 * @throws CommandError (2) naming the invalid variable
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  // An empty variable counts as not set.
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const content = resolve(projectRoot, env.KB_CONTENT ?? 'content');
  const out = resolve(projectRoot, env.KB_OUT ?? 'dist');
  const { site, base } = readSite(env.KB_SITE);
  const date = readDate(env.KB_DATE);
  const mainWork = join(projectRoot, '.work');
  const isMain = !env.KB_CONTENT && !env.KB_OUT;
  return {
    root: projectRoot,
    content,
    history: { folder: content, revision: 'HEAD' },
    out,
    members: resolve(projectRoot, env.KB_MEMBERS ?? 'members.yaml'),
    work: isMain ? mainWork : join(mainWork, 'others', hash('sha256', `${content}\n${out}`).slice(0, 16)),
    cache: join(mainWork, 'cache'),
    site,
    base,
    date,
    number: readWholeNumber('KB_NUMBER', env.KB_NUMBER) ?? Number(date.replaceAll('-', '')),
    port: readWholeNumber('PORT', env.PORT, 65_535),
    ci: Boolean(env.CI) && env.CI !== 'false',
  };
}

function readSite(text: string | undefined): { site: string | undefined; base: string } {
  if (!text) return { site: undefined, base: '' };
  // These may be a member's link or a password, which must not appear in a log. Not asked of the parsed address: without
  // `https://` there is none.
  if (/[#?@]/.test(text)) {
    throw new CommandError('KB_SITE: remove the part after # or ? and the part before @ from the address', 2);
  }
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CommandError(`KB_SITE: "${text}" is not an address like https://kb.example.com/ or …/path/`, 2);
  }
  const base = url.pathname.replace(/\/+$/, '');
  if (base && !/^(\/[\w.~-]+)+$/.test(base)) {
    throw new CommandError(
      `KB_SITE: the path "${base}" has characters other than letters, digits, . _ ~ -`,
      2,
    );
  }
  return { site: url.origin + base, base };
}

function readDate(text: string | undefined): string {
  if (!text) return dayInShanghai(new Date());
  if (!isDate(text)) throw new CommandError(`KB_DATE: "${text}" is not a date like 2026-11-22`, 2);
  return text;
}

function readWholeNumber(
  name: string,
  text: string | undefined,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (!text) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > most) {
    throw new CommandError(`${name}: "${text}" is not a whole number up to ${most}`, 2);
  }
  return Number(text);
}
