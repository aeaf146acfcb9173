import mammoth from 'mammoth';
import type { Nodes, Parents, Root } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A document as a tree of Markdown, with what its parser had to leave out. Images still stand where it put them. */
export interface Document {
  root: Root;
  /** Pictures that the document held itself, by the address that stands in the tree. */
  pictures: Map<string, Uint8Array>;
  lost: string[];
}

const html = unified().use(rehypeParse, { fragment: false }).use(rehypeRemark, { newlines: false }).freeze();
const markdown = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .freeze();

/** Reads Markdown as other tools export it; raw HTML in it is still there as it stood. */
export function readMarkdown(text: string): Document {
  return { root: markdown.parse(text.replace(/^\uFEFF/, '')), pictures: new Map(), lost: [] };
}

/** Reads a web page, or a part of one. */
export function readHtml(text: string): Document {
  const tree = html.parse(text);
  const lost = [
    ...new Set(
      [...text.matchAll(/<(script|iframe|video|audio|form|object|embed|svg)\b/gi)].map(([, tag]) =>
        tag!.toLowerCase(),
      ),
    ),
  ];
  return {
    root: withoutHtml(html.runSync(tree)),
    pictures: new Map(),
    lost: lost.map((tag) => `HTML 的 <${tag}> 没有带过来`),
  };
}

/** Comments come through as raw HTML. */
function withoutHtml<T extends Parents>(parent: T): T {
  const children = (parent.children as Nodes[]).filter((node) => node.type !== 'html');
  for (const child of children) if ('children' in child) withoutHtml(child);
  parent.children = children as typeof parent.children;
  return parent;
}

/** Reads a Word document. */
export async function readWord(bytes: Buffer): Promise<Document> {
  const pictures = new Map<string, Uint8Array>();
  const convertImage = mammoth.images.imgElement(async (image) => {
    const extension = image.contentType.split('/')[1]?.replace('jpeg', 'jpg').replace(/\W.*$/, '') ?? 'png';
    const src = `word-${pictures.size + 1}.${extension}`;
    pictures.set(src, await image.readAsBuffer());
    return { src };
  });
  const { value, messages } = await mammoth.convertToHtml({ buffer: bytes }, { convertImage });
  const { root, lost } = readHtml(value);
  return { root, pictures, lost: [...lost, ...new Set(messages.map(({ message }) => `Word：${message}`))] };
}
