import type { Root, RootContent } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { JsxFlow } from '../../src/markdown/jsx.ts';

/** A paragraph that begins like an import or export would be parsed as code. */
const CODE = [
  { atBreak: true, character: 'i', after: 'mport[\\s{*\'"]' },
  { atBreak: true, character: 'e', after: 'xport[\\s{*]' },
];

const writer = unified()
  .use(remarkStringify, { bullet: '-', emphasis: '*', rule: '-', unsafe: CODE })
  .use(remarkGfm, { singleTilde: false, tableCellPadding: true })
  .use(remarkCjkFriendly)
  .use(remarkMdx)
  .freeze();

/** Writes a tree as MDX. What MDX would parse as code, such as `{` and `<` in a text, is escaped. */
export function writeMdx(children: RootContent[]): string {
  const root: Root = { type: 'root', children };
  return writer.stringify(root);
}

/** Returns a component around some blocks. */
export function component(
  name: string,
  attributes: Record<string, string>,
  children: RootContent[],
): JsxFlow {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      type: 'mdxJsxAttribute',
      name: key,
      value,
    })),
    children: children as JsxFlow['children'],
  };
}

/** Returns a paragraph of plain text. */
export function paragraph(text: string): RootContent {
  return { type: 'paragraph', children: [{ type: 'text', value: text }] };
}
