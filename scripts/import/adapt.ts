import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import type { Html, Image, Nodes, Parents, PhrasingContent, RootContent, Yaml } from 'mdast';
import { kindOfAddress } from '../../src/markdown/url.ts';
import { readYaml } from '../../src/markdown/yaml.ts';
import type { Form } from '../../src/model/form.ts';
import { isDate } from '../../src/model/week.ts';
import type { Value, Values } from '../entry/values.ts';
import { titleOf } from '../entry/write.ts';
import { readHtml, type Document } from './document.ts';
import type { Imported } from './imported.ts';

/** Makes a document fit to stand in an entry of a form; `file` is where it was read. */
export function adaptDocument(document: Document, form: Form, file: string): Imported {
  const adapter = new Adapter(document, file);
  adapter.visit(document.root);
  const { root } = document;
  const values: Values = {};
  const yaml = root.children.find((node): node is Yaml => node.type === 'yaml');
  if (yaml) Object.assign(values, adapter.frontMatter(yaml, form));
  root.children = root.children.filter((node) => node.type !== 'yaml');
  const title = takeTitle(root.children);
  values[titleOf(form)] ??= title ?? basename(file, extname(file));
  lowerHeadings(root.children);
  return { values, body: root.children, files: adapter.files, lost: [...new Set(adapter.lost)] };
}

/** A first heading of the first level, alone on its level, is the title. */
function takeTitle(children: RootContent[]): string | undefined {
  const tops = children.filter((node) => node.type === 'heading' && node.depth === 1);
  const [first] = children;
  if (tops.length !== 1 || first === undefined || first !== tops[0]) return undefined;
  children.shift();
  return textOf(first).trim() || undefined;
}

/** The text of a node, without any markup. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Headings of an entry begin at the second level. */
function lowerHeadings(children: RootContent[]): void {
  const headings = children.filter((node) => node.type === 'heading');
  const top = Math.min(...headings.map(({ depth }) => depth));
  for (const heading of headings) {
    heading.depth = Math.min(6, heading.depth + 2 - top) as typeof heading.depth;
  }
}

class Adapter {
  readonly files = new Map<string, Uint8Array>();
  readonly lost: string[];
  readonly #file: string;
  readonly #pictures: ReadonlyMap<string, Uint8Array>;
  readonly #definitions = new Map<string, string>();

  constructor({ root, pictures, lost }: Document, file: string) {
    this.lost = [...lost];
    this.#file = file;
    this.#pictures = pictures;
    for (const node of root.children)
      if (node.type === 'definition') this.#definitions.set(node.identifier, node.url);
  }

  /** Replaces all that an entry can't hold, from the leaves up. */
  visit(parent: Parents): void {
    const children: Nodes[] = parent.children;
    for (const child of children) if ('children' in child) this.visit(child);
    const isBlock =
      parent.type === 'root' ||
      parent.type === 'blockquote' ||
      parent.type === 'listItem' ||
      parent.type === 'footnoteDefinition';
    parent.children = children.flatMap((child) => this.#replace(child, isBlock)) as typeof parent.children;
  }

  #replace(node: Nodes, isBlock: boolean): Nodes[] {
    switch (node.type) {
      case 'text':
      case 'inlineCode':
      case 'code':
        return [{ ...node, value: this.#printable(node.value) }];
      case 'html':
        return isBlock ? this.#block(node) : this.#inline(node);
      case 'image':
        return this.#image(node);
      case 'imageReference': {
        const url = this.#definitions.get(node.identifier) ?? '';
        return this.#image({ type: 'image', url, alt: node.alt ?? '' });
      }
      case 'link':
        if (this.#canStay(node.url)) return [node];
        this.lost.push(`链接 ${node.url} 不能用，只留下了文字 “${textOf(node)}”`);
        return node.children;
      case 'definition':
        if (this.#canStay(node.url)) return [node];
        this.lost.push(`链接 ${node.url} 不能用，去掉了`);
        return [];
      case 'table': {
        // A table without a head gets an empty one from HTML; its first row is the head.
        const [head, ...rows] = node.children;
        const isEmpty = head?.children.every((cell) => textOf(cell).trim() === '');
        return [isEmpty && rows.length > 0 ? { ...node, children: rows } : node];
      }
      default:
        return [node];
    }
  }

  /** Links within the export lead nowhere here. */
  #canStay(url: string): boolean {
    return ['web', 'mail'].includes(kindOfAddress(url));
  }

  #printable(text: string): string {
    const clean = text.replace(
      // eslint-disable-next-line no-control-regex -- exactly what the check refuses
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
      '',
    );
    if (clean !== text) this.lost.push('看不见的控制字符去掉了');
    return clean;
  }

  #block({ value }: Html): Nodes[] {
    this.#comments(value);
    const { root, lost } = readHtml(value);
    this.lost.push(...lost);
    this.visit(root);
    return root.children;
  }

  /** A tag within a text: the text between two tags stands on its own in the tree and stays. */
  #inline({ value }: Html): PhrasingContent[] {
    this.#comments(value);
    const tag = /^<\/?([a-z][\w-]*)/i.exec(value)?.[1]?.toLowerCase();
    if (tag === 'br') return [{ type: 'break' }];
    if (tag === 'img') {
      const attribute = (name: string) =>
        new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`, 'i').exec(value)?.[1] ?? '';
      return this.#image({ type: 'image', url: attribute('src'), alt: attribute('alt') });
    }
    if (tag !== undefined && !value.startsWith('</')) this.lost.push(`HTML 的 <${tag}> 去掉了，文字留下了`);
    return [];
  }

  #comments(value: string): void {
    if (value.includes('<!--')) this.lost.push('HTML 注释 <!-- --> 没有带过来');
  }

  #image(node: Image): PhrasingContent[] {
    const { url } = node;
    const alt = node.alt?.trim() ? this.#printable(node.alt) : '图片';
    const bytes = this.#bytesOf(url);
    if (bytes !== undefined) {
      const name = this.#nameFor(bytes, url);
      this.files.set(name, bytes);
      if (alt === '图片') this.lost.push(`图片 ${name} 没有说明，请写上图里有什么`);
      return [{ type: 'image', url: `./${name}`, alt }];
    }
    const shown = url.length > 80 ? `${url.slice(0, 80)}…` : url;
    this.lost.push(
      kindOfAddress(url) === 'web'
        ? `图片在别的网站上，留下了链接：${shown} → 下载到文章的文件夹里，写成 ![${alt}](./photo.jpg)`
        : `没有找到图片 ${shown}，只留下了说明 “${alt}”`,
    );
    const text: PhrasingContent = { type: 'text', value: `［图：${alt}］` };
    return kindOfAddress(url) === 'web' ? [{ type: 'link', url, children: [text] }] : [text];
  }

  /** The bytes of a picture: from within the document, from its address, or from the folder that the document lies in. */
  #bytesOf(url: string): Uint8Array | undefined {
    const own = this.#pictures.get(url);
    if (own) return own;
    const data = /^data:image\/[\w.+-]+;base64,(.+)$/s.exec(url)?.[1];
    if (data !== undefined) return Buffer.from(data, 'base64');
    let path: string;
    try {
      path = join(dirname(this.#file), decodeURIComponent(url.replace(/[?#].*$/, '')));
    } catch {
      return undefined;
    }
    if (!/\.(?:jpe?g|png|webp|gif|svg|heic)$/i.test(path) || !existsSync(path)) return undefined;
    // An export may name any file of this machine; what lies outside its own folder stays there.
    const inside = relative(realpathSync(dirname(this.#file)), realpathSync(path));
    return inside.startsWith('..') ? undefined : readFileSync(path);
  }

  #nameFor(bytes: Uint8Array, url: string): string {
    for (const [name, known] of this.files) if (Buffer.compare(known, bytes) === 0) return name;
    const extension = /^data:image\/(\w+)/.exec(url)?.[1] ?? extname(url.replace(/[?#].*$/, '')).slice(1);
    return `image-${this.files.size + 1}.${extension.toLowerCase().replace('jpeg', 'jpg')}`;
  }

  /** Title and date of the source's own front matter; other fields mean something else in another tool. */
  frontMatter({ value }: Yaml, form: Form): Values {
    const read = readYaml(value, 2).value;
    const values: Values = {};
    if (typeof read !== 'object' || read === null) return values;
    for (const [key, field] of Object.entries(read)) {
      const text = typeof field === 'string' ? field : JSON.stringify(field);
      const fits =
        key === 'title' ? text !== '' : key === 'date' && form !== 'people' && isDate(text.slice(0, 10));
      if (fits)
        values[key === 'title' ? titleOf(form) : key] = (
          key === 'date' ? text.slice(0, 10) : text
        ) satisfies Value;
      else this.lost.push(`信息区的 ${key}: ${text.slice(0, 60)} 没有带过来`);
    }
    return values;
  }
}
