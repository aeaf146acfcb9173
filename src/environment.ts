import { join, resolve } from 'node:path';
import { LOWEST_TIER, TIER_ID, type Audience } from './model/audience.ts';
import { dayInShanghai } from './model/week.ts';

/** What environment variables set for one run of Astro. Folders are absolute paths. */
export interface Environment {
  /** The audience whose pages this run renders. */
  audience: Audience;
  content: string;
  /** Folder for everything that can be deleted and built again. */
  work: string;
  /** The build's only clock, YYYY-MM-DD. Pieces with a later date are left out. */
  date: string;
  /** Whether drafts are shown. Only the authoring preview shows them. */
  drafts: boolean;
  /** The site's origin, or `undefined` if `KB_SITE` isn't set. */
  origin: string | undefined;
  /** The path below the origin, without a trailing slash: '' or '/repo'. */
  base: string;
}

/**
 * Reads the environment variables that astro.config.mjs and the library need. Scripts check the variables before they
 * start Astro; a run by hand gets the defaults.
 *
 * @throws RangeError for an audience that is neither `public` nor a valid tier id; TypeError when KB_SITE is no URL
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const audience = given(env.KB_AUDIENCE) ?? LOWEST_TIER;
  if (!TIER_ID.test(audience)) {
    throw new RangeError(`KB_AUDIENCE: "${audience}" is neither "public" nor a tier`);
  }
  const site = given(env.KB_SITE);
  const url = site ? new URL(site) : undefined;
  return {
    audience,
    content: resolve(given(env.KB_CONTENT) ?? 'content'),
    work: resolve(given(env.KB_WORK) ?? '.work'),
    date: given(env.KB_DATE) ?? dayInShanghai(new Date()),
    drafts: env.KB_DRAFTS === '1',
    origin: url?.origin,
    base: url?.pathname.replace(/\/+$/, '') ?? '',
  };
}

/** Returns the folder of rendered entries, keyed by digest. All runs of this working tree share it. */
export function renderCache(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(given(env.KB_CACHE) ?? join('.work', 'cache'), 'content');
}

/** Returns the folder where a run keeps the bodies of its audience's entries. */
export function bodiesFolder({ work, audience }: Pick<Environment, 'work' | 'audience'>): string {
  return join(work, 'cache', `bodies-${audience}`);
}

/** Treats an empty variable as not set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
