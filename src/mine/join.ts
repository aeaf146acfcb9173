import { findQuote, quoteOf, type Span, type TextQuote } from './anchor.ts';
import { LONGEST, MOST, type Highlight } from './log.ts';

/** What marking a passage makes of those that it touches: one of all of them, with what was noted there. */
export interface Joined extends TextQuote {
  note: string;
  /** Ids of those that it takes in. */
  gone: Set<string>;
}

/**
 * Joins a passage with the marked ones that it touches.
 *
 * @returns why it can't be: the one that it makes would have more words, or more of a note, than are kept of one, or
 * the piece more of them than are kept of it
 */
export function joinMarks(
  text: string,
  known: readonly Highlight[],
  span: Span,
): Joined | 'tooLong' | 'tooMany' {
  const touched = known.flatMap((highlight) => {
    const at = findQuote(text, highlight);
    return at && at.start < span.end && span.start < at.end ? [{ highlight, at }] : [];
  });
  const start = Math.min(span.start, ...touched.map(({ at }) => at.start));
  const end = Math.max(span.end, ...touched.map(({ at }) => at.end));
  const note = touched
    .map(({ highlight }) => highlight.note)
    .filter(Boolean)
    .join('\n');
  if (end - start > LONGEST.exact || note.length > LONGEST.note) return 'tooLong';
  if (known.length - touched.length >= MOST.highlights) return 'tooMany';
  return {
    ...quoteOf(text, { start, end }),
    note,
    gone: new Set(touched.map(({ highlight }) => highlight.id)),
  };
}
