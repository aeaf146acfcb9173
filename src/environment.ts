import { join, resolve } from 'node:path';
import { LOWEST_TIER, TIER_ID, type Audience } from './model/audience.ts';
import { dayInShanghai } from './model/week.ts';

/** What the environment decides about one run of Astro. Folders are absolute. */
export interface Environment {
  /** Whose pages this run renders. */
  audience: Audience;
  content: string;
  /** Everything that may be thrown away and made again. */
  work: string;
  /** The only clock of a build, YYYY-MM-DD; pieces dated later are left out. */
  date: string;
  /** Are drafts shown? Only the authoring preview does. */
  drafts: boolean;
  /** The site's origin, or `undefined` when nobody has said. */
  origin: string | undefined;
  /** The path below the origin, without a trailing slash: '' or '/repo'. */
  base: string;
}

/**
 * Reads what astro.config.mjs and the library need. Scripts check the variables before they start Astro;
 * a run by hand gets the defaults.
 *
 * @throws RangeError for an audience that can't be; TypeError when KB_SITE is no URL
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

/** The folder of rendered entries, keyed by digest, that every run of this tree shares. */
export function renderCache(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(given(env.KB_CACHE) ?? join('.work', 'cache'), 'content');
}

/** Where a run keeps the bodies of its audience's entries. */
export function bodiesFolder({ work, audience }: Pick<Environment, 'work' | 'audience'>): string {
  return join(work, 'cache', `bodies-${audience}`);
}

/** An empty variable counts as one that is not set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
