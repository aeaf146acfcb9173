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
import { tidyPage } from './web-pages.ts';

/** A document as a Markdown tree, with what its parser left out. Images are still where the document has them. */
export interface Document {
  root: Root;
  /** Embedded pictures by the address that they have in the tree. */
  pictures: Map<string, Uint8Array>;
  lost: string[];
  /** A title from outside the text, such as the `<title>` of HTML. */
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

/** Reads Markdown as other tools export it. Raw HTML in it stays unchanged. */
export function readMarkdown(text: string): Document {
  return { root: markdown.parse(plainMarkdown(text)), pictures: new Map(), lost: [] };
}

/**
 * Reads a web page, or a part of one.
 *
 * @param isBeside - whether an address is that of a file beside the page, as browsers save pictures
 */
export function readHtml(text: string, isBeside: (url: string) => boolean = () => false): Document {
  const tree = html.parse(text);
  const left = tidyPage(tree);
  const { title, lost } = readTags(tree, isBeside);
  markNotes(tree);
  const root = withoutHtml(html.runSync(tree));
  return { root, pictures: new Map(), lost: [...left, ...lost], ...(title && { title }) };
}

/** Removes comments, which have become raw HTML. */
function withoutHtml<T extends Parents>(parent: T): T {
  const children = (parent.children as Nodes[]).filter((node) => node.type !== 'html');
  for (const child of children) if ('children' in child) withoutHtml(child);
  parent.children = children as typeof parent.children;
  return parent;
}
