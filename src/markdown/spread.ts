import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** A text with inserted blank lines, and the line numbers of these, in order. */
export interface Spread {
  text: string;
  added: number[];
}

const WHOLE_LINE = /^<Line\s.*<\/Line>\s*$/;

/**
 * Inserts a blank line between lines that each are a whole `<Line>…</Line>`. Without blank lines, a transcript is one
 * paragraph to the parser, whose time for emphasis grows with the square of its length: 3,000 lines took half a minute,
 * and take a second when separated.
 */
export function spreadLines(text: string): Spread {
  const spread: string[] = [];
  const added: number[] = [];
  let fence: string | undefined;
  let lastIsWhole = false;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const isWhole = fence === undefined && WHOLE_LINE.test(line);
    if (isWhole && lastIsWhole) added.push(spread.push(''));
    spread.push(line);
    lastIsWhole = isWhole;
  }
  return added.length === 0 ? { text, added } : { text: spread.join('\n'), added };
}

/** Returns the number of a line in the original text. */
export function writtenLine(line: number, { added }: Spread): number {
  return line - countBefore(line, added);
}

/** Changes all positions in a tree to those in the original text. */
export function movePlaces(root: Root, { added }: Spread): void {
  if (added.length === 0) return;
  visit(root, (node) => {
    const attributes = 'attributes' in node ? node.attributes : [];
    for (const { position } of [node, ...attributes]) {
      for (const point of position ? [position.start, position.end] : []) {
        // Each inserted line is one character.
        const count = countBefore(point.line, added);
        point.line -= count;
        if (point.offset !== undefined) point.offset -= count;
      }
    }
  });
}

function countBefore(line: number, added: readonly number[]): number {
  let low = 0;
  let high = added.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (added[middle]! < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
