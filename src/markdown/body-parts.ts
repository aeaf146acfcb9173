import type { Element, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { visit } from 'unist-util-visit';
import type { Body, BlockTemplate, PartTemplate } from './body.ts';
import { textOf } from './body-text.ts';
import type { Use } from './components/component.ts';
import type { BlockName } from './content.ts';

/** The elements of components that pages lay out themselves. */
export type Blocks = WeakMap<Element, { component: BlockName; use: Use }>;

/** Splits the top level of a body into running text and single components. */
export function partsOf(tree: Root, blocks: Blocks): PartTemplate[] {
  const parts: PartTemplate[] = [];
  let prose: RootContent[] = [];
  const endProse = () => {
    if (prose.some((node) => node.type !== 'text' || node.value.trim() !== '')) {
      parts.push({ component: 'prose', html: toHtml({ type: 'root', children: prose }).trim() });
    }
    prose = [];
  };
  for (const node of tree.children) {
    if (node.type !== 'element' || !blocks.has(node)) {
      prose.push(node);
      continue;
    }
    endProse();
    parts.push(blockOf(node, blocks));
  }
  endProse();
  return parts;
}

function blockOf(element: Element, known: Blocks): BlockTemplate {
  const { component, use } = known.get(element)!;
  const { title, who, date } = use.attributes;
  const blocks = use.children
    .filter((child) => child.type === 'element')
    .filter((child) => known.has(child))
    .map((child) => blockOf(child, known));
  return {
    component,
    id: use.id,
    ...(title === undefined ? {} : { title }),
    ...(who === undefined ? {} : { who }),
    ...(date === undefined ? {} : { date }),
    html: toHtml(use.children).trim(),
    text: use.text,
    ...(blocks.length === 0 ? {} : { blocks }),
  };
}

/**
 * Returns the headings of the text and of components. If a component's heading has no id, the id of its section is
 * used.
 */
export function headingsOf(tree: Root): Body['headings'] {
  const headings: Body['headings'] = [];
  visit(tree, 'element', (element, _, parent) => {
    const depth = /^h([2-6])$/.exec(element.tagName)?.[1];
    if (depth === undefined) return;
    const id = element.properties.id ?? (parent?.type === 'element' ? parent.properties.id : undefined);
    if (typeof id !== 'string' || id === 'footnote-label') return;
    headings.push({ depth: Number(depth), id, text: textOf(element.children) });
  });
  return headings;
}
