import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { INLINE, PASSED_OVER, SKIPPED } from './lines.ts';
import type { EntryText, Place, Zone } from './record.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/**
 * Takes from a rendered page what a search can find: the text of its `article[data-entry]` as readers see it, alt texts
 * included, but for what stands under `[data-search-ignore]` and for the numbers of footnotes. Topics, people and date
 * come from the article's links to `/topics/` and `/people/` and from its first `<time>`, ignored or not.
 *
 * @returns undefined where the page holds no entry
 */
export function extractEntry({ address, html }: { address: string; html: string }): EntryText | undefined {
  if (!html.includes('data-entry')) return undefined;
  const article = findElement(parseFragment(articleIn(html) ?? html), isEntry);
  if (!article) return undefined;
  const reader = new Reader();
  reader.read(article);
  const blocks = reader.blocks();
  return {
    entry: address.replace(/^\/|\/$/g, ''),
    title: blocks.find(({ zone }) => zone === 'title')?.text ?? '',
    date: dateOf(article),
    topics: namesLinked(article, 'topics'),
    people: namesLinked(article, 'people'),
    levels: textAttribute(article, 'data-level').split(' ').filter(Boolean),
    places: reader.places,
    blocks,
  };
}

const isEntry = (element: Element) => hasAttribute(element, 'data-entry');

/** A tag as it is written: an attribute may have a tag in its value. */
const TAG = /<(\/?)([a-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/** The entry's article without the page around it, which is three quarters of what a parser would have to go through. */
function articleIn(html: string): string | undefined {
  let start: number | undefined;
  let depth = 0;
  for (const { 0: tag, 1: closing, 2: name, index } of html.matchAll(TAG)) {
    if (name !== 'article') continue;
    if (start === undefined && !/\sdata-entry[=\s>]/.test(tag)) continue;
    start ??= index;
    depth += closing === '' ? 1 : -1;
    if (depth === 0) return html.slice(start, index + tag.length);
  }
  return undefined;
}

/** Walks an article and cuts its text into blocks, each with the place that a result leads to. */
class Reader {
  readonly places: Place[] = [{ kind: 'top', id: '', label: '' }];
  readonly #blocks: { zone: Zone; text: string; place: number }[] = [];
  #text = '';
  #zone: Zone = 'body';
  #place = 0;
  /** The section that text belongs to after a quote or line has ended. */
  #section = 0;

  blocks(): EntryText['blocks'] {
    return this.#blocks;
  }

  read(node: Node): void {
    if (isText(node)) {
      this.#text += node.value;
      return;
    }
    if (!isElement(node) || isHidden(node)) return;
    if (node.tagName === 'br') {
      this.#text += '\n';
    } else if (node.tagName === 'img') {
      this.#flush();
      this.#text = textAttribute(node, 'alt');
      this.#flush();
    } else if (INLINE.has(node.tagName)) {
      this.#readInline(node);
    } else {
      this.#readBlock(node);
    }
  }

  #readInline(element: Element): void {
    for (const child of element.childNodes) this.read(child);
  }

  #readBlock(element: Element): void {
    this.#flush();
    const before = { zone: this.#zone, place: this.#place, section: this.#section };
    const opened = this.#open(element);
    for (const child of element.childNodes) this.read(child);
    this.#flush();
    this.#zone = before.zone;
    if (opened === 'part') this.#place = before.place;
    if (opened === 'container') {
      this.#place = before.place;
      this.#section = before.section;
    }
  }

  /** Notes that a block begins something that a result can lead to: a section lasts, a part ends with its element. */
  #open(element: Element): 'section' | 'part' | 'container' | undefined {
    const id = textAttribute(element, 'id');
    const level = /^h([1-6])$/.exec(element.tagName)?.[1];
    if (level === '1') {
      this.#zone = 'title';
      return undefined;
    }
    if (level) {
      this.#zone = 'heading';
      if (!id) return undefined;
      this.#place = this.#section = this.#add({ kind: 'section', id, label: plainText(element) });
      return 'section';
    }
    if (hasAttribute(element, 'data-quote')) {
      this.#zone = 'quote';
      if (!id) return undefined;
      const from = textAttribute(element, 'data-from');
      const { label } = this.places[this.#section]!;
      this.#place = this.#add({ kind: 'quote', id, label, ...(from && { start: Number(from) }) });
      return 'part';
    }
    if (hasAttribute(element, 'data-topics')) {
      this.#zone = 'topic';
      this.#place = this.#add({ kind: 'topic', id, label: '' });
      return 'part';
    }
    const start = textAttribute(element, 'data-start');
    if (start && id) {
      const label = plainText(findElement(element, hasClass('line-who')) ?? element);
      this.#place = this.#add({ kind: 'line', id, label, start: Number(start) });
      return 'part';
    }
    if (hasAttribute(element, 'data-viewpoint') && id) {
      const label = textAttribute(element, 'data-who-name');
      this.#place = this.#section = this.#add({ kind: 'viewpoint', id, label });
      return 'container';
    }
    return undefined;
  }

  #add(place: Place): number {
    return this.places.push(place) - 1;
  }

  #flush(): void {
    const text = this.#text.replace(/\s+/g, ' ').trim();
    this.#text = '';
    if (text) this.#blocks.push({ zone: this.#zone, text, place: this.#place });
  }
}

function isText(node: Node): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function isHidden(element: Element): boolean {
  return (
    SKIPPED.has(element.tagName) ||
    element.attrs.some(
      ({ name, value }) =>
        // A browser unfolds what is hidden until it is found.
        (name === 'hidden' && value !== 'until-found') || PASSED_OVER.some((other) => other === name),
    )
  );
}

function hasAttribute(element: Element, name: string): boolean {
  return element.attrs.some((attribute) => attribute.name === name);
}

function textAttribute(element: Element, name: string): string {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? '';
}

function hasClass(name: string): (element: Element) => boolean {
  return (element) => textAttribute(element, 'class').split(/\s+/).includes(name);
}

function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

function findElement(node: Node, matches: (element: Element) => boolean): Element | undefined {
  if (isElement(node) && matches(node)) return node;
  for (const child of childrenOf(node)) {
    const found = findElement(child, matches);
    if (found) return found;
  }
  return undefined;
}

function findAll(node: Node, matches: (element: Element) => boolean): Element[] {
  const here = isElement(node) && matches(node) ? [node] : [];
  return [...here, ...childrenOf(node).flatMap((child) => findAll(child, matches))];
}

function plainText(node: Node): string {
  if (isText(node)) return node.value;
  if (isElement(node) && isHidden(node)) return '';
  return childrenOf(node).map(plainText).join('').replace(/\s+/g, ' ').trim();
}

/** The texts of all links to pages of a kind, each once: `/repo/topics/retention/` is one of topics. */
function namesLinked(article: Element, kind: 'topics' | 'people'): string[] {
  const address = new RegExp(`(^|/)${kind}/[^/#]+/$`);
  const links = findAll(
    article,
    (element) => element.tagName === 'a' && address.test(textAttribute(element, 'href')),
  );
  return [...new Set(links.map((link) => plainText(link).trim()).filter(Boolean))];
}

function dateOf(article: Element): string {
  const times = findAll(article, ({ tagName }) => tagName === 'time');
  return (
    times.map((time) => textAttribute(time, 'datetime')).find((date) => /^\d{4}-\d\d-\d\d$/.test(date)) ?? ''
  );
}
