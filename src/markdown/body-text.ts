import type { Nodes } from 'hast';
import type { Template } from './slots.ts';

/** Inline elements. */
export const INLINE = new Set(['a', 'code', 'del', 'em', 'img', 'input', 'span', 'strong', 'sup']);

const INLINE_FRAME = new Set(['time', 'cite', 'label']);

/** Returns the plain text of nodes, with each block element on its own line. */
export function textOf(nodes: readonly Nodes[]): Template {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.value;
      if (node.type !== 'element' || 'dataFootnoteBackref' in node.properties) return '';
      const inner = textOf(node.children);
      return INLINE.has(node.tagName) || INLINE_FRAME.has(node.tagName) ? inner : `\n${inner}\n`;
    })
    .join('')
    .replace(/\n{2,}/g, '\n');
}
