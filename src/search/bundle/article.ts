import { parseFragment } from 'parse5';
import { findElement, isEntry, type Element } from '../markup.ts';

/** Parses the entry's article of a rendered page; undefined when the page has none. */
export function parseArticle(html: string): Element | undefined {
  if (!html.includes('data-entry')) return undefined;
  return findElement(parseFragment(articleIn(html) ?? html), isEntry);
}

/** Matches a tag, whose attribute values may themselves contain tags. */
const TAG = /<(\/?)([a-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/** Cuts out the entry's article, because three quarters of the page are around it and would have to be parsed too. */
function articleIn(html: string): string | undefined {
  let start: number | undefined;
  let depth = 0;
  for (const { 0: tag, 1: closing, 2: name, index } of html.matchAll(TAG)) {
    if (name !== 'article') continue;
    if (start === undefined && !/\sdata-entry[=\s>]/.test(tag)) continue;
    start ??= index;
    depth += closing === '' ? 1 : -1;
    if (depth === 0) return html.slice(start, index + tag.length);
  }
  return undefined;
}
