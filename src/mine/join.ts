import { findQuotes, quoteOf, type Span, type TextQuote } from './anchor.ts';
import { LONGEST, MOST, type Highlight } from './log.ts';

/** A passage joined with the marked ones that it overlaps, and their notes. */
export interface Joined extends TextQuote {
  note: string;
  /** Ids of the marks that it replaces. */
  gone: Set<string>;
}

/**
 * Joins a passage with the marked ones that it overlaps.
 *
 * @returns the joined passage, or why there is none: its text or its note would be longer than is kept (`tooLong`), or
 * the piece has the maximum number of marks already (`tooMany`)
 */
export function joinMarks(
  text: string,
  known: readonly Highlight[],
  span: Span,
): Joined | 'tooLong' | 'tooMany' {
  const spans = findQuotes(text, known);
  const touched = known.flatMap((highlight, index) => {
    const at = spans[index];
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
