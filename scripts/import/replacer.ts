import type { Html, Image, Link, Nodes, Paragraph, Parents, PhrasingContent, Reference } from 'mdast';
import { visit } from 'unist-util-visit';
import { withoutForbidden } from '../../src/markdown/characters.ts';
import { nodeText } from '../../src/markdown/node-text.ts';
import { kindOfAddress } from '../../src/markdown/url.ts';
import { shorten } from '../../src/text/shorten.ts';
import { calloutOf, endsCallout } from './dialects.ts';
import { readHtml, type Document } from './document.ts';
import { tidyEmphasis } from './emphasis.ts';
import { component } from './mdx.ts';
import type { OwnFiles } from './own-files.ts';
import { tidyLine } from './text.ts';

/** Replaces the nodes of a document that an entry can't contain, and keeps a list of what was lost. */
export class Replacer {
  readonly lost: string[];
  readonly #own: OwnFiles;
  readonly #definitions = new Map<string, string>();

  constructor({ root, lost }: Document, own: OwnFiles) {
    this.lost = [...lost];
    this.#own = own;
    visit(root, 'definition', ({ identifier, url }) => {
      // The first definition of a name wins.
      if (!this.#definitions.has(identifier)) this.#definitions.set(identifier, url);
    });
  }

  /** Replaces everything that an entry can't contain, bottom-up. */
  visit(parent: Parents): void {
    const children: Nodes[] = parent.children;
    const isBlock = BLOCKS.has(parent.type);
    const attached = isBlock ? children.map((child) => this.#attachment(child)) : [];
    children.forEach((child, index) => {
      if ('children' in child && !attached[index]) this.visit(child);
    });
    const replaced = children.flatMap((child, index) => {
      return attached[index] ?? this.#replace(child, isBlock, parent.type === 'root');
    });
    parent.children = (
      LINES.has(parent.type)
        ? tidyLine(tidyEmphasis(replaced as PhrasingContent[]))
        : replaced.filter(saysSomething)
    ) as typeof parent.children;
  }

  /** Replaces images that can't be opened by their descriptions. */
  withoutPictures(parent: Parents, broken: ReadonlySet<string>): void {
    if (broken.size === 0) return;
    const children: Nodes[] = parent.children;
    parent.children = children.map((node): Nodes => {
      if (node.type === 'image' && broken.has(node.url.slice(2))) {
        this.lost.push(`图片 “${node.alt ?? ''}” 打不开，只留下了说明`);
        return { type: 'text', value: `［图：${node.alt ?? ''}］` };
      }
      if ('children' in node) this.withoutPictures(node, broken);
      return node;
    }) as typeof parent.children;
  }

  #replace(node: Nodes, isBlock: boolean, isTop: boolean): Nodes[] {
    switch (node.type) {
      case 'text':
        return [{ ...node, value: this.#unstyled(this.#printable(node.value)) }];
      case 'inlineCode':
      case 'code':
        return [{ ...node, value: this.#printable(node.value) }];
      case 'html':
        if (isTop && (calloutOf(node.value) !== undefined || endsCallout(node.value))) return [node];
        return isBlock ? this.#block(node) : this.#inline(node);
      case 'image':
        return this.#image(node);
      case 'imageReference':
        return this.#image({ type: 'image', url: this.#addressOf(node), alt: node.alt ?? '' });
      case 'link':
        return this.#link(node);
      case 'linkReference':
        // The definition is reported.
        return canStay(this.#addressOf(node)) ? [node] : node.children;
      case 'definition':
        if (canStay(node.url)) return [node];
        this.lost.push(`链接 ${shown(node.url)} 不能用，去掉了`);
        return [];
      case 'heading': {
        const [only, ...more] = node.children;
        return only?.type === 'strong' && more.length === 0 ? [{ ...node, children: only.children }] : [node];
      }
      case 'table': {
        // HTML tables without a head have got an empty one; the first row becomes the head.
        const [head, ...rows] = node.children;
        const isEmpty = head?.children.every((cell) => nodeText(cell).trim() === '');
        return [isEmpty && rows.length > 0 ? { ...node, children: rows } : node];
      }
      default:
        return [node];
    }
  }

  #addressOf({ identifier }: Reference): string {
    return this.#definitions.get(identifier) ?? '';
  }

  #link(node: Link): Nodes[] {
    if (canStay(node.url)) return [node];
    // Links within the document can't stay, as its headings have other ids here. An anchor without text is not worth
    // reporting.
    if (!node.url.startsWith('#') && node.children.length > 0)
      this.lost.push(`链接 ${shown(node.url)} 不能用，只留下了文字 “${nodeText(node)}”`);
    return node.children;
  }

  /** Turns a paragraph that is nothing but a link to a file of the export into an attachment. */
  #attachment(node: Nodes): Nodes | undefined {
    const link = node.type === 'paragraph' ? onlyLink(node) : undefined;
    const name = link && this.#own.attachment(link.url);
    if (name === undefined) return undefined;
    return component('Attachment', { src: `./${name}`, title: nodeText(link!).trim() || name }, []);
  }

  #printable(text: string): string {
    const clean = withoutForbidden(text);
    if (clean !== text) this.lost.push('看不见的控制字符去掉了');
    return clean;
  }

  /** Removes marks that other tools read as a style. */
  #unstyled(text: string): string {
    if (/\$\$|(?<![\w$])\$(?=[^$\n\\^_=]*[\\^_=])[^$\n]*\$/.test(text))
      this.lost.push('公式不会排版，照原样留下了');
    const plain = text.replace(/==([^=\n]+)==/g, '$1');
    if (plain !== text) this.lost.push('==高亮== 的样式没有带过来');
    return plain;
  }

  #block({ value }: Html): Nodes[] {
    const { root, lost } = readHtml(value);
    this.lost.push(...lost);
    this.visit(root);
    return root.children;
  }

  /** Replaces a tag inside a text. The text between two tags is a node of its own and stays. */
  #inline({ value }: Html): PhrasingContent[] {
    if (value.startsWith('<!--')) this.lost.push('HTML 注释 <!-- --> 没有带过来');
    const tag = /^<\/?([a-z][\w-]*)/i.exec(value)?.[1]?.toLowerCase();
    if (tag === 'br') return [{ type: 'break' }];
    if (tag === 'img') return this.#image(imageIn(value));
    if (tag !== undefined && !value.startsWith('</')) this.lost.push(`HTML 的 <${tag}> 去掉了，文字留下了`);
    return [];
  }

  #image(node: Image): PhrasingContent[] {
    const { url } = node;
    const written = this.#printable(node.alt ?? '').trim();
    const alt = NO_DESCRIPTION.test(written) ? '图片' : written;
    const name = this.#own.picture(url);
    if (name !== undefined) {
      if (alt === '图片') this.lost.push(`图片 ${name} 没有说明，请写上图里有什么`);
      return [{ type: 'image', url: `./${name}`, alt }];
    }
    const isElsewhere = kindOfAddress(url) === 'web';
    this.lost.push(
      isElsewhere
        ? `图片在别的网站上，留下了链接：${shown(url)} → 下载到文章的文件夹里，写成 ![${alt}](./photo.jpg)`
        : url === ''
          ? `有一张图片没有地址，只留下了说明 “${alt}”`
          : `没有找到图片 ${shown(url)}，只留下了说明 “${alt}”`,
    );
    const text: PhrasingContent = { type: 'text', value: `［图：${alt}］` };
    return isElsewhere ? [{ type: 'link', url, children: [text] }] : [text];
  }
}

const BLOCKS = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition', 'mdxJsxFlowElement']);
const LINES = new Set(['paragraph', 'heading', 'tableCell']);
/** Descriptions that tools write when nobody has described a picture. */
const NO_DESCRIPTION =
  /^(?:|image|img|untitled|图片|截图|screenshot|无标题|[\w-]+\.(?:png|jpe?g|gif|webp|svg))$/i;

/** Returns the picture in the HTML of an `<img>`. */
function imageIn(html: string): Image {
  let image: Image = { type: 'image', url: '' };
  visit(readHtml(html).root, 'image', (node) => void (image = node));
  return image;
}

/** Whether a link may stay. Links within the export lead nowhere here. */
function canStay(url: string): boolean {
  return ['web', 'mail'].includes(kindOfAddress(url));
}

function onlyLink({ children }: Paragraph): Link | undefined {
  const [only, ...more] = children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  return only?.type === 'link' && more.length === 0 ? only : undefined;
}

/** False for a paragraph or heading that has become empty. */
function saysSomething(node: Nodes): boolean {
  return !(['paragraph', 'heading'].includes(node.type) && 'children' in node && node.children.length === 0);
}

/** Returns an address as people read it, shortened if it is long. */
function shown(url: string): string {
  let text = url;
  try {
    text = decodeURI(url);
  } catch {
    // Shown as it is.
  }
  return shorten(text, 80);
}
