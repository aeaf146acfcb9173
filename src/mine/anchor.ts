import search from 'approx-string-match';
import type { Highlight } from './log.ts';

/** Words of context kept on either side of a marked passage. */
const CONTEXT = 32;
/** How much of a passage may have been rewritten. */
const CHANGED = 0.3;

/** Where a passage stands in a text, by UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

export type TextQuote = Pick<Highlight, 'exact' | 'prefix' | 'suffix'>;

/** A passage with what stands around it, as the Web Annotation Data Model's TextQuoteSelector keeps it. */
export function quoteOf(text: string, { start, end }: Span): TextQuote {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
  };
}

/**
 * Finds a passage again: its very words, where these stand several times the ones whose surroundings fit best; else the
 * nearest to it, as long as no more than three tenths of it were rewritten. Null where it is gone.
 */
export function findQuote(text: string, quote: TextQuote): Span | null {
  const candidates = exactly(text, quote.exact);
  if (candidates.length === 0) candidates.push(...nearly(text, quote.exact));
  let best: { span: Span; score: number } | undefined;
  for (const { errors, ...span } of candidates) {
    const score = contextScore(text, quote, span) - errors;
    if (!best || score > best.score) best = { span, score };
  }
  return best?.span ?? null;
}

function exactly(text: string, exact: string): (Span & { errors: number })[] {
  const found: (Span & { errors: number })[] = [];
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) {
    found.push({ start: at, end: at + exact.length, errors: 0 });
  }
  return found;
}

function nearly(text: string, exact: string): (Span & { errors: number })[] {
  return search(text, exact, Math.floor(exact.length * CHANGED));
}

/** How many characters right before and after a span are the ones that stood there. */
function contextScore(text: string, { prefix, suffix }: TextQuote, { start, end }: Span): number {
  let before = 0;
  while (before < prefix.length && text[start - 1 - before] === prefix.at(-1 - before)) before++;
  let after = 0;
  while (after < suffix.length && text[end + after] === suffix[after]) after++;
  return before + after;
}
