import { Engine } from './engine.ts';
import { excerptOf, matchingBlocks, type Piece } from './excerpt.ts';
import { answer, type Answer, type Found } from './search.ts';
import { searchTexts } from './texts.ts';

/** How many results are listed at first, and how many more at each request. */
const BATCH = 60;

/**
 * The search page: runs the query of the address (`?q=`) and lists what it finds.
 *
 * `data-search-bundles` names the bundles to search as a JSON list of paths, the most complete first. A form with an
 * `input[name="q"]` inside is kept in step with the address. Marks: `data-search-state` (idle, searching, done) on the
 * element, `[data-search-count]`, `ol[data-search-results] > li[data-entry]` with its link first.
 */
class SearchResults extends HTMLElement {
  readonly #texts = searchTexts();
  readonly #status = create('p', { role: 'status', class: 'search-status' });
  readonly #list = create('ol', { 'data-search-results': '', class: 'search-results' });
  readonly #more = create('button', { type: 'button', class: 'search-more', hidden: '' }, this.#texts.more);
  #engine: Promise<Engine> | undefined;
  #asked = 0;
  #rest: Found[] = [];
  #runs: string[][] = [];

  connectedCallback(): void {
    this.append(this.#status, this.#list, this.#more);
    this.#more.addEventListener('click', () => this.#showMore());
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      const query = this.#input?.value.trim() ?? '';
      history.pushState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
      void this.#run();
    });
    addEventListener('popstate', () => void this.#run());
    void this.#run();
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input[name="q"]');
  }

  async #run(): Promise<void> {
    const asked = ++this.#asked;
    const query = new URLSearchParams(location.search).get('q')?.trim() ?? '';
    if (this.#input && document.activeElement !== this.#input) this.#input.value = query;
    if (!query) {
      this.#show({ found: [], runs: [] });
      this.#say('idle', this.#texts.idle);
      return;
    }
    this.#say('searching', this.#texts.searching);
    try {
      this.#engine ??= Engine.open(JSON.parse(this.dataset.searchBundles ?? '[]') as string[]);
      const result = await answer(await this.#engine, query);
      if (asked !== this.#asked) return;
      this.#show(result);
      this.#say('done', this.#texts.count(result.found.length), result.found.length);
    } catch (error) {
      console.error(error);
      if (asked === this.#asked) this.#fail();
    }
  }

  #show({ found, runs }: Answer): void {
    this.#list.replaceChildren();
    this.#rest = found;
    this.#runs = runs;
    this.#showMore();
  }

  #showMore(): void {
    const runs = this.#runs;
    for (const found of this.#rest.slice(0, BATCH)) {
      const item = resultItem(found);
      this.#list.append(item);
      whenSeen(item, () => void showExcerpt(item, found, runs));
    }
    this.#rest = this.#rest.slice(BATCH);
    this.#more.hidden = this.#rest.length === 0;
  }

  #say(state: 'idle' | 'searching' | 'done', text: string, count?: number): void {
    this.dataset.searchState = state;
    const words = create('span', {}, text);
    if (count !== undefined) words.dataset.searchCount = String(count);
    this.#status.replaceChildren(words);
  }

  #fail(): void {
    this.#engine = undefined;
    this.#show({ found: [], runs: [] });
    this.#say('done', this.#texts.unavailable);
    const retry = create('button', { type: 'button' }, this.#texts.retry);
    retry.addEventListener('click', () => void this.#run());
    this.#status.append(' ', retry);
  }
}

customElements.define('search-results', SearchResults);

function resultItem({ candidate }: Found): HTMLElement {
  const item = create('li', { 'data-entry': candidate.entry });
  item.append(create('a', { href: candidate.address }, candidate.title));
  return item;
}

async function showExcerpt(item: HTMLElement, found: Found, runs: string[][]): Promise<void> {
  const text = await found.load();
  const blocks = matchingBlocks(text, runs);
  const block = blocks.find(({ zone }) => zone > 0) ?? blocks[0];
  if (!block) return;
  const excerpt = create('p', { class: 'search-excerpt' });
  excerpt.append(...excerptOf(block.text, block.spans).map(pieceNode));
  item.append(excerpt);
}

function pieceNode({ text, isMatch }: Piece): Node {
  return isMatch ? create('mark', {}, text) : document.createTextNode(text);
}

/** Calls back once when an element comes near the visible part of the page. */
function whenSeen(element: Element, seen: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      seen();
    },
    { rootMargin: '400px' },
  );
  observer.observe(element);
}

function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}
