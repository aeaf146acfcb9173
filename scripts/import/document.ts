import type { Nodes, Parents, Root } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { plainMarkdown } from './dialects.ts';
import { markNotes, noteHandlers } from './footnotes.ts';
import { readTags } from './tags.ts';

/** A document as a tree of Markdown, with what its parser had to leave out. Images still stand where it put them. */
export interface Document {
  root: Root;
  /** Pictures that the document held itself, by the address that stands in the tree. */
  pictures: Map<string, Uint8Array>;
  lost: string[];
  /** What the document calls itself outside of its text. */
  title?: string;
}

const html = unified()
  .use(rehypeParse, { fragment: false })
  .use(rehypeRemark, { newlines: false, handlers: noteHandlers })
  .freeze();
const markdown = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .freeze();

/** Reads Markdown as other tools export it; raw HTML in it is still there as it stood. */
export function readMarkdown(text: string): Document {
  return { root: markdown.parse(plainMarkdown(text)), pictures: new Map(), lost: [] };
}

/** Reads a web page, or a part of one. */
export function readHtml(text: string): Document {
  const tree = html.parse(text);
  const { title, lost } = readTags(tree);
  markNotes(tree);
  return { root: withoutHtml(html.runSync(tree)), pictures: new Map(), lost, ...(title && { title }) };
}

/** Comments come through as raw HTML. */
function withoutHtml<T extends Parents>(parent: T): T {
  const children = (parent.children as Nodes[]).filter((node) => node.type !== 'html');
  for (const child of children) if ('children' in child) withoutHtml(child);
  parent.children = children as typeof parent.children;
  return parent;
}
