import type { Element, ElementContent, Nodes, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { INLINE, PASSED_OVER, SKIPPED } from './lines.ts';
import type { EntryText, Place, Zone } from './record.ts';

const parser = unified().use(rehypeParse);

/**
 * Takes from a rendered page what a search can find: the text of its `article[data-entry]` as readers see it, alt texts
 * included, but for what stands under `[data-search-ignore]` and for the numbers of footnotes. Topics, people and date come from the article's links to
 * `/topics/` and `/people/` and from its first `<time>`, ignored or not.
 *
 * @returns undefined where the page holds no entry
 */
export function extractEntry({ address, html }: { address: string; html: string }): EntryText | undefined {
  const article = findElement(parser.parse(html), (element) => 'dataEntry' in element.properties);
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
    levels: textAttribute(article, 'dataLevel').split(' ').filter(Boolean),
    places: reader.places,
    blocks,
  };
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

  read(node: ElementContent | Element): void {
    if (node.type === 'text') {
      this.#text += node.value;
      return;
    }
    if (node.type !== 'element' || isHidden(node)) return;
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
    for (const child of element.children) this.read(child);
  }

  #readBlock(element: Element): void {
    this.#flush();
    const before = { zone: this.#zone, place: this.#place, section: this.#section };
    const opened = this.#open(element);
    for (const child of element.children) this.read(child);
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
    if ('dataQuote' in element.properties) {
      this.#zone = 'quote';
      if (!id) return undefined;
      const from = textAttribute(element, 'dataFrom');
      const { label } = this.places[this.#section]!;
      this.#place = this.#add({ kind: 'quote', id, label, ...(from && { start: Number(from) }) });
      return 'part';
    }
    if ('dataTopics' in element.properties) {
      this.#zone = 'topic';
      this.#place = this.#add({ kind: 'topic', id, label: '' });
      return 'part';
    }
    const start = textAttribute(element, 'dataStart');
    if (start && id) {
      const label = plainText(findElement(element, hasClass('line-who')) ?? element);
      this.#place = this.#add({ kind: 'line', id, label, start: Number(start) });
      return 'part';
    }
    if ('dataViewpoint' in element.properties && id) {
      const label = textAttribute(element, 'dataWhoName');
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

/** … as hast names them: `data-footnote-ref` ⇒ `dataFootnoteRef`. */
const passedOver = PASSED_OVER.map((name) =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
);

function isHidden(element: Element): boolean {
  return (
    SKIPPED.has(element.tagName) ||
    passedOver.some((name) => name in element.properties) ||
    element.properties.hidden === true
  );
}

function hasClass(name: string): (element: Element) => boolean {
  return ({ properties: { className } }) => Array.isArray(className) && className.includes(name);
}

function findElement(node: Root | Nodes, matches: (element: Element) => boolean): Element | undefined {
  if (node.type === 'element' && matches(node)) return node;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = findElement(child, matches);
    if (found) return found;
  }
  return undefined;
}

function findAll(node: Nodes, matches: (element: Element) => boolean): Element[] {
  const here = node.type === 'element' && matches(node) ? [node] : [];
  return 'children' in node ? [...here, ...node.children.flatMap((child) => findAll(child, matches))] : here;
}

function textAttribute(element: Element, name: string): string {
  const value = element.properties[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function plainText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && isHidden(node)) return '';
  return 'children' in node ? node.children.map(plainText).join('').replace(/\s+/g, ' ').trim() : '';
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
    times.map((time) => textAttribute(time, 'dateTime')).find((date) => /^\d{4}-\d\d-\d\d$/.test(date)) ?? ''
  );
}
