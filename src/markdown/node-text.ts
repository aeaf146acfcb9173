import type { Nodes as HtmlNodes } from 'hast';
import type { Nodes } from 'mdast';

/** Returns the text of a node of Markdown or HTML, without any markup. */
export function nodeText(node: Nodes | HtmlNodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(nodeText).join('') : '';
}
