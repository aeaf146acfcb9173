import search from 'approx-string-match';
import type { Highlight } from './log.ts';

/** Characters of context kept on either side of a marked passage. */
const CONTEXT = 32;
/** The share of a passage that may have been rewritten. */
const CHANGED = 0.3;
/**
 * How much looking for rewritten passages may cost, in characters of a text times characters of the passages: about 0.2 s
 * on a computer. Hundreds of long passages from somebody else's file would keep a page from answering for half a minute.
 */
const EFFORT = 1e9;

/** The position of a passage in a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

interface Candidate extends Span {
  errors: number;
}

export type TextQuote = Pick<Highlight, 'exact' | 'prefix' | 'suffix'>;

/** A passage with the text around it, as in the TextQuoteSelector of the Web Annotation Data Model. */
export function quoteOf(text: string, { start, end }: Span): TextQuote {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
  };
}

/**
 * Finds passages again: their exact words, and of several occurrences the one whose context fits best; else the closest
 * text, if at most three tenths of it were rewritten. Null stands for each that is gone.
 */
export function findQuotes(text: string, quotes: readonly TextQuote[]): (Span | null)[] {
  let effort = EFFORT;
  return quotes.map((quote) => {
    const candidates = exactly(text, quote.exact);
    const cost = text.length * quote.exact.length;
    if (candidates.length === 0 && cost <= effort) {
      effort -= cost;
      candidates.push(...nearly(text, quote.exact));
    }
    return best(text, quote, candidates);
  });
}

function best(text: string, quote: TextQuote, candidates: readonly Candidate[]): Span | null {
  let best: { span: Span; score: number } | undefined;
  for (const { errors, ...span } of candidates) {
    const score = contextScore(text, quote, span) - errors;
    if (!best || score > best.score) best = { span, score };
  }
  return best?.span ?? null;
}

function exactly(text: string, exact: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) {
    found.push({ start: at, end: at + exact.length, errors: 0 });
  }
  return found;
}

function nearly(text: string, exact: string): Candidate[] {
  return search(text, exact, Math.floor(exact.length * CHANGED));
}

/** The number of characters directly before and after a span that match the quote's context. */
function contextScore(text: string, { prefix, suffix }: TextQuote, { start, end }: Span): number {
  let before = 0;
  while (before < prefix.length && text[start - 1 - before] === prefix.at(-1 - before)) before++;
  let after = 0;
  while (after < suffix.length && text[end + after] === suffix[after]) after++;
  return before + after;
}
