import { button, create, focusOn } from '../../elements/dom.ts';
import { secondsOf } from '../../elements/talk/timeline.ts';
import { elementNamed } from '../../elements/fragment.ts';
import { compareHoldings, holdingOf } from './excerpt.ts';
import { INLINE, PASSED_OVER, SKIPPED } from '../lines.ts';
import { markLine, type Marked } from './mark-line.ts';
import { parseQuery } from '../query/query.ts';
import { searchTexts } from './texts.ts';

/**
 * `<search-highlight>`: highlights on an entry's page the query that led there (`?q=`). It scrolls to the match that a
 * result shows: the first one of the line with most of the query, in the place that the fragment names or on the whole
 * page. It has buttons for the next and the previous match and for removing all highlights.
 */
class SearchHighlight extends HTMLElement {
  readonly #texts = searchTexts;
  readonly #position = create('span', { role: 'status' });
  #matches: Marked[] = [];
  #current = 0;

  connectedCallback(): void {
    const query = new URLSearchParams(location.search).get('q') ?? '';
    const article = document.querySelector<HTMLElement>('article[data-entry]');
    const terms = parseQuery(query);
    const runs = terms.map(({ characters }) => characters);
    if (!article || runs.length === 0) return;
    this.#matches = linesOf(article).flatMap((line) =>
      line instanceof HTMLImageElement ? markImage(line, runs) : markLine(line, runs),
    );
    if (this.#matches.length === 0) return;
    for (const mark of this.#matches.flatMap(({ marks }) => marks)) mark.dataset.searchMark = '';
    const { previousMark, nextMark, clearMarks } = this.#texts;
    this.append(
      create('span', { class: 'search-words' }, terms.map(({ text }) => text).join(' ')),
      this.#position,
      ...(this.#matches.length > 1
        ? [
            signButton('↑', previousMark, 'search-previous', () => this.#step(-1)),
            signButton('↓', nextMark, 'search-next', () => this.#step(1)),
          ]
        : []),
      signButton('✕', clearMarks, 'search-clear', () => this.#clear()),
    );
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', this.#texts.marked);
    this.hidden = false;
    this.#show(this.#bestOf(article, placeNamed(location.hash)));
  }

  /**
   * The index of the best match in a place of the page, or between it and the next heading; 0 when there is none.
   * Without a place it is the best match of all.
   */
  #bestOf(article: HTMLElement, place: Element | null): number {
    const end =
      place &&
      [...article.querySelectorAll('h2, h3, h4, [data-topics]')].find((next) => isBehind(next, place));
    const isThere = ({ marks: [mark] }: Marked) =>
      !place || place.contains(mark!) || (isBehind(mark!, place) && !(end && isBehind(mark!, end)));
    const [best] = this.#matches.filter(isThere).sort((a, b) => compareHoldings(a.holding, b.holding));
    return best ? this.#matches.indexOf(best) : 0;
  }

  #step(by: number): void {
    this.#show((this.#current + by + this.#matches.length) % this.#matches.length);
  }

  #show(at: number): void {
    for (const mark of this.#matches[this.#current]!.marks) mark.removeAttribute('aria-current');
    this.#current = at;
    const { marks } = this.#matches[at]!;
    for (const mark of marks) mark.setAttribute('aria-current', 'true');
    const closed = marks[0]!.closest('details:not([open])');
    if (closed instanceof HTMLDetailsElement) closed.open = true;
    marks[0]!.scrollIntoView({ block: 'center' });
    this.#position.textContent = this.#texts.marks(at + 1, this.#matches.length);
  }

  #clear(): void {
    if (this.contains(document.activeElement)) {
      focusOn(
        this.#matches[this.#current]!.marks[0]!.closest<HTMLElement>(
          'p, li, td, blockquote, figure, h1, h2, h3, h4',
        ),
      );
    }
    for (const mark of this.#matches.flatMap(({ marks }) => marks)) {
      mark.removeAttribute('data-search-mark');
      mark.removeAttribute('aria-current');
      if (mark instanceof HTMLImageElement) continue;
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent?.normalize();
    }
    this.#matches = [];
    this.hidden = true;
    this.replaceChildren();
    const address = new URL(location.href);
    address.searchParams.delete('q');
    history.replaceState(history.state, '', address);
  }
}

customElements.define('search-highlight', SearchHighlight);

/** Creates a button labelled by a symbol, so that the bar fits on one line on a phone. */
function signButton(sign: string, name: string, className: string, act: () => void): HTMLButtonElement {
  const element = button(sign, className, act);
  element.ariaLabel = element.title = name;
  return element;
}

/** Whether a node comes after another in document order, which includes its descendants. */
function isBehind(element: Node, place: Node): boolean {
  return Boolean(place.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** `#s-1f0c9a2b` ⇒ the element with that id; `#t=754` ⇒ the transcript line spoken at that second. */
function placeNamed(hash: string): Element | null {
  const second = secondsOf(hash);
  if (second !== undefined) {
    const lines = [...document.querySelectorAll<HTMLElement>('.line[data-start]')];
    return lines.findLast(({ dataset }) => Number(dataset.start) <= second) ?? null;
  }
  return elementNamed(hash);
}

/** An article as the index splits it into blocks: the text nodes of each line of text, and images with an alt text. */
function linesOf(article: Element): (Text[] | HTMLImageElement)[] {
  const lines: (Text[] | HTMLImageElement)[] = [];
  let line: Text[] = [];
  const end = () => {
    if (line.length > 0) lines.push(line);
    line = [];
  };
  const read = (node: Node) => {
    if (node instanceof Text) line.push(node);
    if (
      !(node instanceof Element) ||
      SKIPPED.has(node.localName) ||
      PASSED_OVER.some((name) => node.hasAttribute(name))
    )
      return;
    const isInline = INLINE.has(node.localName);
    if (!isInline) end();
    if (node instanceof HTMLImageElement && node.alt) lines.push(node);
    node.childNodes.forEach(read);
    if (!isInline) end();
  };
  read(article);
  end();
  return lines;
}

/** Marks an image whose alt text contains some of the query: nobody sees the text itself. */
function markImage(image: HTMLImageElement, runs: readonly (readonly string[])[]): Marked[] {
  const holding = holdingOf(image.alt, runs);
  if (holding.spans.length === 0) return [];
  return [{ marks: [image], holding }];
}
