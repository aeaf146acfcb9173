import { parseArticle } from './article.ts';
import { cut } from './cut.ts';
import { extractEntry } from '../extract.ts';
import { foldText } from '../fold.ts';
import type { EntryText } from '../record.ts';

/** A rendered page; the address (`/talks/x/`) is without the base. */
export interface Page {
  address: string;
  html: string;
}

/** An entry's text, with derived data that takes time to compute. It depends only on the page, so it can be cached. */
export interface ReadEntry extends EntryText {
  /** The folded text of each block. */
  folded: string[];
  /** The distinct words of all blocks. */
  vocabulary: string[];
}

/** Reads the searchable entry of a page; undefined when the page has none. */
export function readEntry({ address, html }: Page): ReadEntry | undefined {
  const article = parseArticle(html);
  if (!article) return undefined;
  const entry = extractEntry(address.replace(/^\/|\/$/g, ''), article);
  const folded = entry.blocks.map(({ text }) => foldText(text));
  return { ...entry, folded, vocabulary: [...new Set(folded.flatMap(cut))] };
}
