import { parseArticle } from './article.ts';
import { cut } from './cut.ts';
import { extractEntry } from './extract.ts';
import { foldText } from './fold.ts';
import type { EntryText } from './record.ts';

/** A rendered page; its address (`/talks/x/`) without the base. */
export interface Page {
  address: string;
  html: string;
}

/** An entry's text, and what an index asks of it that takes time: it follows from the page, and can be kept as long. */
export interface ReadEntry extends EntryText {
  /** The text of each block as it is compared. */
  folded: string[];
  /** The words of the language in them, each once. */
  vocabulary: string[];
}

/** Reads in a page what a search can find; undefined where it holds no entry. */
export function readEntry({ address, html }: Page): ReadEntry | undefined {
  const article = parseArticle(html);
  if (!article) return undefined;
  const entry = extractEntry(address.replace(/^\/|\/$/g, ''), article);
  const folded = entry.blocks.map(({ text }) => foldText(text));
  return { ...entry, folded, vocabulary: [...new Set(folded.flatMap(cut))] };
}
