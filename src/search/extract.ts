import {
  childrenOf,
  findElement,
  findElements,
  hasAttribute,
  hasClass,
  isElement,
  isText,
  textAttribute,
  type Element,
  type Node,
} from './markup.ts';
import { INLINE, PASSED_OVER, SKIPPED } from './lines.ts';
import type { EntryText, Place, Zone } from './record.ts';

/**
 * Extracts the searchable text of an entry's article: the text that readers see and alt texts, without
 * `[data-search-ignore]` elements and footnote numbers. Topics, people and date come from its links to `/topics/` and
 * `/people/` and from its first dated `<time>`, even within ignored elements.
 *
 * @param entry - `talks/cold-start`
 */
export function extractEntry(entry: string, article: Element): EntryText {
  const reader = new Reader();
  reader.read(article);
  const blocks = reader.blocks();
  return {
    entry,
    title: blocks.find(({ zone }) => zone === 'title')?.text ?? '',
    date: dateOf(article),
    topics: namesLinked(article, 'topics'),
    people: namesLinked(article, 'people'),
    levels: textAttribute(article, 'data-level').split(' ').filter(Boolean),
    places: reader.places,
    blocks,
  };
}

/** Walks an article and splits its text into blocks, each with the place that a result links to. */
class Reader {
  readonly places: Place[] = [{ kind: 'top', id: '', label: '' }];
  readonly #blocks: { zone: Zone; text: string; place: number }[] = [];
  #text = '';
  #zone: Zone = 'body';
  #place = 0;
  /** The place of the current section, which text belongs to again after a quote or a line has ended. */
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

  /** Adds the place that a block element begins, if any. A section goes on after its element; a part ends with it. */
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

function isHidden(element: Element): boolean {
  return SKIPPED.has(element.tagName) || PASSED_OVER.some((name) => hasAttribute(element, name));
}

function plainText(node: Node): string {
  if (isText(node)) return node.value;
  if (isElement(node) && isHidden(node)) return '';
  return childrenOf(node).map(plainText).join('').replace(/\s+/g, ' ').trim();
}

/** The distinct texts of all links to pages of a kind: `/repo/topics/retention/` is one of topics. */
function namesLinked(article: Element, kind: 'topics' | 'people'): string[] {
  const address = new RegExp(`(^|/)${kind}/[^/#]+/$`);
  const links = findElements(
    article,
    (element) => element.tagName === 'a' && address.test(textAttribute(element, 'href')),
  );
  return [...new Set(links.map((link) => plainText(link).trim()).filter(Boolean))];
}

function dateOf(article: Element): string {
  const times = findElements(article, ({ tagName }) => tagName === 'time');
  return (
    times.map((time) => textAttribute(time, 'datetime')).find((date) => /^\d{4}-\d\d-\d\d$/.test(date)) ?? ''
  );
}
