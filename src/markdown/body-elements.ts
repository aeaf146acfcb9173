import { h } from 'hastscript';
import type { Element, Root, RootContent } from 'hast';
import { visit } from 'unist-util-visit';
import { INLINE } from './body-text.ts';

/** Alignment by class: the pages' policy lets no style attribute pass, and HTML has no `align` any more. */
export function alignByClass(tree: Root): void {
  visit(tree, 'element', (element) => {
    if (element.tagName !== 'th' && element.tagName !== 'td') return;
    const { align, ...rest } = element.properties;
    element.properties = typeof align === 'string' ? { ...rest, className: [`align-${align}`] } : rest;
    if (element.tagName === 'th') element.properties.scope ??= 'col';
  });
}

/** A task's box gets its words as its label. */
export function labelled(item: Element): Element {
  const first = item.children.find((child) => child.type === 'element');
  const holder = first?.tagName === 'p' ? first : item;
  const start = holder.children.findIndex((child) => child.type === 'element' && child.tagName === 'input');
  if (start === -1) return item;
  const length = holder.children
    .slice(start)
    .findIndex((child) => child.type === 'element' && !INLINE.has(child.tagName));
  const end = length === -1 ? holder.children.length : start + length;
  holder.children.splice(start, end - start, h('label', holder.children.slice(start, end)));
  return item;
}

/** How many lines of a transcript are laid out, or left alone, together: about a screenful and a half on a phone. */
const LINES_TOGETHER = 10;

/**
 * Puts lines of a transcript that follow one another into groups, and marks those that are full: a browser watches each
 * thing that it leaves out while it is out of sight, and watching three thousand lines makes scrolling stutter.
 */
export function groupLines(tree: Root): void {
  const grouped: RootContent[] = [];
  let group: Element | undefined;
  let count = 0;
  for (const node of tree.children) {
    const isLine = node.type === 'element' && 'dataStart' in node.properties;
    if (!isLine) {
      if (node.type === 'text' && group) group.children.push(node);
      else {
        group = undefined;
        grouped.push(node);
      }
      continue;
    }
    if (!group || count === LINES_TOGETHER) {
      group = h('div', { className: ['lines'] });
      count = 0;
      grouped.push(group);
    }
    group.children.push(node);
    if (++count === LINES_TOGETHER) group.properties.className = ['lines', 'full'];
  }
  tree.children = grouped;
}
