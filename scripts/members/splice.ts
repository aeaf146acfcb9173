import { isMap, isNode, isScalar, stringify, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Fields, Line } from './file.ts';

// A YAML document that is written anew loses how it was written: the columns of comments, quotes, spaces in braces. So
// an edit by a command would change lines of members whom nobody touched, and collide with another operator's edit when
// git merges the two. These functions change only the parts of the text that an edit is about.

/** A part of a text, and what takes its place. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

/** Returns a text with its parts replaced. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { from, to, text: part } of splices.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    result += text.slice(at, from) + part;
    at = to;
  }
  return result + text.slice(at);
}

/**
 * Returns the parts of the text that change when fields of a member do. Must be called before the node is edited.
 *
 * @returns null when the member is written in a way that this function doesn't know
 */
export function splicesOfFields(text: string, member: YAMLMap, fields: Fields): Splice[] | null {
  const pairs = member.items.map((pair) => placeOf(text, pair));
  if (pairs.some((pair) => pair === null) || pairs.length === 0) return null;
  const places = pairs as Place[];
  const last = places.at(-1)!;
  const splices: Splice[] = [];
  let added = '';
  for (const [field, value] of Object.entries(fields)) {
    const at = places.findIndex(({ name }) => name === field);
    const known = places[at];
    if (!known) {
      if (value === undefined) continue;
      added += member.flow ? `, ${flowOf(field, value)}` : linesOf(field, value, last.column, eolOf(text));
    } else if (value === undefined) {
      // The first field stands behind the dash or the brace.
      if (at === 0) return null;
      splices.push(
        member.flow
          ? { from: places[at - 1]!.end, to: known.end, text: '' }
          : { from: lineStart(text, known.start), to: lineEnd(text, known.end), text: '' },
      );
    } else if (typeof value === 'object') {
      const written = member.flow
        ? flowOf(field, value)
        : linesOf(field, value, known.column, eolOf(text)).trim();
      splices.push({ from: known.start, to: known.end, text: written });
    } else {
      splices.push({ from: known.valueStart, to: known.end, text: String(value) });
    }
  }
  if (added === '') return splices;
  const at = member.flow ? last.end : lineEnd(text, last.end);
  return [...splices, { from: at, to: at, text: member.flow ? added : afterLine(text, at) + added }];
}

/** Where a list ends in its text, and what stands before the dash of its last item. */
export interface End {
  at: number;
  indent: string;
}

/**
 * Returns the end of a list, before anything is added to it.
 *
 * @returns null when the list is written in a way that this function doesn't know
 */
export function endOfList(text: string, list: YAMLSeq): End | null {
  const last = list.items.at(-1);
  // A file without members may have comments.
  if (!last) return list.flow ? null : { at: text.length, indent: '' };
  if (!isNode(last) || !last.range) return null;
  const [start] = last.range;
  const dash = /^( *)- +$/.exec(text.slice(lineStart(text, start), start));
  return dash && { at: lineEnd(text, endOf(text, last)), indent: dash[1]! };
}

/**
 * Returns the part of the text that changes when members are added to a list.
 *
 * @returns null when the end of the list is unknown
 */
export function splicesOfLines(text: string, end: End | null, lines: readonly Line[]): Splice[] | null {
  if (lines.length === 0) return [];
  if (!end) return null;
  const { at, indent } = end;
  const eol = eolOf(text);
  const written = lines.flatMap(({ id, tier, expires }) => [
    // An id like "true" needs quotes.
    `${indent}- ${stringify({ id }).trimEnd()}${eol}`,
    ...(tier ? [linesOf('tier', tier, indent.length + 2, eol)] : []),
    ...(expires ? [linesOf('expires', expires, indent.length + 2, eol)] : []),
  ]);
  return [{ from: at, to: at, text: afterLine(text, at) + written.join('') }];
}

/** Where a field of a member stands in the text. */
interface Place {
  name: string;
  start: number;
  valueStart: number;
  /** The end of the value, without a comment behind it. */
  end: number;
  /** How many characters stand before the field in its line. */
  column: number;
}

function placeOf(text: string, { key, value }: Pair): Place | null {
  if (!isScalar(key) || !key.range || !(isScalar(value) || isMap(value)) || !value.range) return null;
  const [start] = key.range;
  return {
    name: String(key.value),
    start,
    valueStart: value.range[0],
    end: endOf(text, value),
    column: start - lineStart(text, start),
  };
}

/** Returns where a node ends, without the line break that belongs to a block. */
function endOf(text: string, { range }: Node): number {
  return text.slice(0, range![1]).trimEnd().length;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Returns where the next line begins. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Returns the line break that is missing before a line that is written at `at`. */
function afterLine(text: string, at: number): string {
  return at === 0 || text[at - 1] === '\n' ? '' : eolOf(text);
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

type Value = NonNullable<Fields[keyof Fields]>;

function linesOf(field: string, value: Value, column: number, eol: string): string {
  const indent = ' '.repeat(column);
  if (typeof value !== 'object') return `${indent}${field}: ${value}${eol}`;
  const inner = Object.entries(value).map(([name, day]) => `${indent}  ${name}: ${day}${eol}`);
  return `${indent}${field}:${eol}${inner.join('')}`;
}

function flowOf(field: string, value: Value): string {
  if (typeof value !== 'object') return `${field}: ${value}`;
  const inner = Object.entries(value).map(([name, day]) => `${name}: ${day}`);
  return `${field}: { ${inner.join(', ')} }`;
}
