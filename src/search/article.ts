import { parseFragment } from 'parse5';
import { findElement, isEntry, type Element } from './markup.ts';

/** The article of the entry that a rendered page holds; undefined where it holds none. */
export function parseArticle(html: string): Element | undefined {
  if (!html.includes('data-entry')) return undefined;
  return findElement(parseFragment(articleIn(html) ?? html), isEntry);
}

/** A tag as it is written: an attribute may have a tag in its value. */
const TAG = /<(\/?)([a-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/** The entry's article without the page around it, which is three quarters of what a parser would have to go through. */
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
