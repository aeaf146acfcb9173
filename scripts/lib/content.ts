import { join } from 'node:path';
import type { Content } from '../../src/markdown/content.ts';
import { loadContent, type LoadOptions } from '../../src/markdown/load.ts';
import { LAST_DAY } from '../../src/model/week.ts';
import type { Settings } from './settings.ts';

type Where = Pick<Settings, 'content' | 'cache' | 'date' | 'base'>;

/** The folder of what {@link loadContent} keeps, below the folder of all caches. */
export const contentCache = (cache: string) => join(cache, 'content');

/** As {@link loadContent}, for the folder, the day and the cache that the settings name. */
export function readContent(
  { content: root, cache, date, base }: Where,
  { drafts = false, stubs }: Partial<Pick<LoadOptions, 'drafts' | 'stubs'>> = {},
): Promise<Content> {
  return loadContent({ root, cache: contentCache(cache), date, drafts, base, stubs });
}

/** Reads drafts and entries with a later date too: they are checked when they are written, not when they appear. */
export function readEverything(where: Where): Promise<Content> {
  return readContent({ ...where, date: LAST_DAY }, { drafts: true });
}
