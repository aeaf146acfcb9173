import { fold, spansOf, type Span } from '../fold.ts';
import type { StoredText } from '../record.ts';

/** A piece of an excerpt; `isMatch` when it is to be highlighted. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

/**
 * Finds all occurrences of these runs of folded characters in a text, in order. Those that overlap, or with nothing but
 * white space between them, are merged: words that stand together are one phrase.
 */
export function findAll(text: string, runs: readonly (readonly string[])[]): Span[] {
  const folded = fold(text);
  const spans = runs
    .flatMap((run) => spansOf(folded, run))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && text.slice(last.end, span.start).trim() === '') last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}

/** About how many characters an excerpt has before its first match, and in all. */
const LEAD = 24;
const LENGTH = 110;

/** Cuts out the part of a text around its first match, and marks every match in it. */
export function excerptOf(text: string, spans: readonly Span[]): Piece[] {
  const first = spans[0]?.start ?? 0;
  const start =
    text.length <= LENGTH
      ? 0
      : startNear(text, Math.max(0, Math.min(first - LEAD, text.length - LENGTH)), first);
  const end = Math.max(endNear(text, Math.min(text.length, start + LENGTH)), spans[0]?.end ?? 0);
  const pieces: Piece[] = [];
  let position = start;
  for (const span of spans) {
    if (span.end > end) break;
    pieces.push(
      { text: text.slice(position, span.start), isMatch: false },
      { text: text.slice(span.start, span.end), isMatch: true },
    );
    position = span.end;
  }
  pieces.push({ text: text.slice(position, end), isMatch: false });
  if (start > 0) pieces.unshift({ text: '…', isMatch: false });
  if (end < text.length) pieces.push({ text: '…', isMatch: false });
  return pieces.filter((piece) => piece.text !== '');
}

/** Moves the start of an excerpt to just after a punctuation mark nearby, else to the next word edge. */
function startNear(text: string, start: number, first: number): number {
  if (start === 0) return 0;
  const before = text.slice(Math.max(0, start - LEAD), first);
  const mark = [...before.matchAll(/[。！？；，、,.;!?]\s*/gu)].find(({ index }) => index >= LEAD / 2);
  if (mark) return Math.max(0, start - LEAD) + mark.index + mark[0].length;
  return wordEdge(text, start);
}

function endNear(text: string, end: number): number {
  return end >= text.length ? text.length : wordEdge(text, end);
}

/** The next position that doesn't split a Latin word, a number or a surrogate pair. */
function wordEdge(text: string, at: number): number {
  let edge = at;
  const isWithin = () => /[\w’'-]/.test(text[edge - 1] ?? '') && /[\w’'-]/.test(text[edge] ?? '');
  while (edge < text.length && (isWithin() || /[\uDC00-\uDFFF]/.test(text[edge]!))) edge++;
  return edge;
}

/** The matches of some runs in a text. */
export interface Holding {
  spans: Span[];
  /** The indexes of the runs that it contains. */
  held: ReadonlySet<number>;
}

/** The positions of these runs in a text, and which of them it contains. */
export function holdingOf(text: string, runs: readonly (readonly string[])[]): Holding {
  const spans = findAll(text, runs);
  if (spans.length === 0) return { spans, held: new Set() };
  const folded = fold(text);
  return { spans, held: new Set([...runs.keys()].filter((run) => spansOf(folded, runs[run]!).length > 0)) };
}

/**
 * Sorts texts with more of the runs first, then those with the longest match: a whole phrase counts more than parts.
 */
export function compareHoldings(a: Holding, b: Holding): number {
  return b.held.size - a.held.size || longestOf(b) - longestOf(a);
}

function longestOf({ spans }: Holding): number {
  return Math.max(0, ...spans.map(({ start, end }) => end - start));
}

/** A block that contains some of the runs. */
export interface MatchingBlock extends Holding {
  /** Index of ZONES. */
  zone: number;
  /** Index into the places of the entry. */
  place: number;
  text: string;
}

/** The blocks of an entry that contain any of these runs, with the positions of the matches. */
export function matchingBlocks(
  { blocks }: StoredText,
  runs: readonly (readonly string[])[],
): MatchingBlock[] {
  return blocks.flatMap(([zone, place, text]) => {
    const holding = holdingOf(text, runs);
    return holding.spans.length > 0 ? [{ zone, place, text, ...holding }] : [];
  });
}
