import { create } from '../../elements/dom.ts';
import { holdingOf, type Holding } from './excerpt.ts';

/** A match in a line of the page, as it is highlighted. */
export interface Marked {
  /** Its `<mark>` elements: several where it goes across inline markup. For a match in an alt text, the image. */
  marks: HTMLElement[];
  /** All matches of the query in its line of text. */
  holding: Holding;
}

/** Highlights every match in a line. */
export function markLine(line: readonly Text[], runs: readonly (readonly string[])[]): Marked[] {
  const holding = holdingOf(line.map(({ data }) => data).join(''), runs);
  const { spans } = holding;
  const matches = spans.map((): Marked => ({ marks: [], holding }));
  let offset = line.reduce((sum, { length }) => sum + length, 0);
  // From the end, so that splitting a node doesn't shift the positions before it.
  for (const node of [...line].reverse()) {
    offset -= node.length;
    for (const [at, { start, end }] of [...spans.entries()].reverse()) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, node.length);
      if (from >= to) continue;
      const part = node.splitText(from);
      part.splitText(to - from);
      const mark = create('mark');
      part.replaceWith(mark);
      mark.append(part);
      matches[at]!.marks.unshift(mark);
    }
  }
  return matches;
}

/** Returns the text nodes of an element in order. */
export function textsIn(element: Element): Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}
