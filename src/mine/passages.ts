import { SKIPPED } from '../search/lines.ts';
import type { Span } from './anchor.ts';

/** The markable text of an element, with the positions of its text nodes. */
export class Passages {
  readonly text: string;
  #nodes: { node: Text; start: number }[] = [];

  constructor(root: Element) {
    let text = '';
    const read = (node: Node): void => {
      if (node instanceof Text) {
        this.#nodes.push({ node, start: text.length });
        text += node.data;
      } else if (node instanceof Element && isText(node)) node.childNodes.forEach(read);
    };
    read(root);
    this.text = text;
  }

  /** The part of the text that a range covers, without white space at its ends; null when it covers nothing. */
  spanOf(range: Range): Span | null {
    const covered = this.#nodes.filter(({ node }) => range.intersectsNode(node));
    const [first, last] = [covered[0], covered.at(-1)];
    if (!first || !last) return null;
    let start = first.start + (first.node === range.startContainer ? range.startOffset : 0);
    let end = last.start + (last.node === range.endContainer ? range.endOffset : last.node.length);
    while (start < end && /\s/.test(this.text[start]!)) start++;
    while (end > start && /\s/.test(this.text[end - 1]!)) end--;
    return start < end ? { start, end } : null;
  }

  /** Wraps each text node of a span in an element from `make`. @returns these elements, in order */
  wrap({ start, end }: Span, make: () => HTMLElement): HTMLElement[] {
    const wrapped: HTMLElement[] = [];
    this.#nodes = this.#nodes.flatMap((whole) => {
      const { node, start: at } = whole;
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, node.length);
      if (from >= to || node.data.slice(from, to).trim() === '') return [whole];
      const part = node.splitText(from);
      const rest = part.splitText(to - from);
      const element = make();
      part.replaceWith(element);
      element.append(part);
      wrapped.push(element);
      return [whole, { node: part, start: at + from }, { node: rest, start: at + to }];
    });
    return wrapped;
  }
}

/** Removes the elements that {@link Passages.wrap} added, but keeps their content. */
export function unwrap(elements: Iterable<Element>): void {
  for (const element of elements) {
    const parent = element.parentNode;
    element.replaceWith(...element.childNodes);
    parent?.normalize();
  }
}

function isText(element: Element): boolean {
  return (
    !SKIPPED.has(element.localName) &&
    !element.matches('[hidden], [data-mine], [data-search-ignore], button, .line-head')
  );
}
