import { button, create, onTyping } from '../../elements/dom.ts';
import type { Candidate, SearchIndex } from '../query/search-index.ts';
import { recentChoices, rememberSearch } from './recent.ts';
import type { Answer } from '../query/answer.ts';
import { besideNote, searchTexts } from './texts.ts';

const loadSearch = () => import('./on-demand.ts');
type Search = Awaited<ReturnType<typeof loadSearch>>;

/** A query and the answer of an index. */
interface Asked {
  index: SearchIndex;
  query: string;
  given: Answer;
}

/** The number of results in the box; the search page shows all. */
const SHOWN = 8;

/**
 * `<search-dialog>`: the search box of every page, opened by `/`, Ctrl K, ⌘ K or a click on `[data-search-open]`. It
 * answers while the reader types. Arrow keys move through the results, Enter opens one, or the search page from the
 * input. `data-search-bundles` is as on the search page; `data-address` is that page's address.
 */
class SearchDialog extends HTMLElement {
  readonly #texts = searchTexts;
  readonly #stop = new AbortController();
  readonly #input = create('input', {
    type: 'search',
    name: 'q',
    autocomplete: 'off',
    enterkeyhint: 'search',
    placeholder: this.#texts.placeholder,
    'aria-label': this.#texts.title,
  });
  readonly #status = create('p', { role: 'status', class: 'search-status' });
  readonly #list = create('ol', { class: 'search-results', role: 'list' });
  readonly #foot = create('div', { class: 'search-foot' });
  readonly #dialog = create('dialog', { 'aria-label': this.#texts.title, class: 'search-dialog' });
  #asked = 0;

  connectedCallback(): void {
    const { signal } = this.#stop;
    const form = create('form', { role: 'search' }, this.#input);
    form.append(button(this.#texts.close, 'search-close', () => this.#dialog.close()));
    this.#dialog.append(form, this.#status, this.#list, this.#foot);
    this.append(this.#dialog);

    onTyping(this.#input, () => void this.#run());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#openAll();
    });
    this.#dialog.addEventListener('keydown', (event) => this.#moveBy(event));
    this.#list.addEventListener('keydown', (event) => this.#typeOn(event));
    this.#input.addEventListener('keydown', (event) => this.#leaveBy(event));
    // A click on the backdrop lands on the dialog itself.
    this.#dialog.addEventListener('click', ({ target }) => target === this.#dialog && this.#dialog.close());
    document.addEventListener('keydown', (event) => this.#callBy(event), { signal });
    document.addEventListener(
      'click',
      (event) => {
        if (!(event.target instanceof Element) || !event.target.closest('[data-search-open]')) return;
        event.preventDefault();
        this.#call();
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#stop.abort();
    this.replaceChildren();
  }

  /** Opens the box on Ctrl K and ⌘ K anywhere, and on `/` outside of text fields. */
  #callBy(event: KeyboardEvent): void {
    const isShortcut = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
    const isSlash =
      event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(event.target);
    if (event.isComposing || (!isShortcut && !isSlash)) return;
    event.preventDefault();
    this.#call();
  }

  #call(): void {
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#input.focus();
    this.#input.select();
    void loadSearch().catch(() => undefined);
    void this.#run();
  }

  async #run(): Promise<void> {
    const asked = ++this.#asked;
    const isCurrent = () => asked === this.#asked;
    const query = this.#input.value.trim();
    if (!query) {
      this.#showRecent();
      return;
    }
    // Hidden from screen readers, which announce only the outcome.
    this.#status.replaceChildren(create('span', { 'aria-hidden': 'true' }, this.#texts.searching));
    try {
      const search = await loadSearch();
      await this.#search(search, query, isCurrent);
    } catch (error) {
      console.error(error);
      if (!isCurrent()) return;
      dispatchEvent(new Event('gate:failed'));
      this.#list.replaceChildren();
      this.#status.textContent = this.#texts.unavailable;
      this.#foot.replaceChildren(button(this.#texts.retry, 'search-retry', () => void this.#run()));
    }
  }

  /** @throws what the index throws, unless there are offline copies to search instead */
  async #search(search: Search, query: string, isCurrent: () => boolean): Promise<void> {
    const { keptMeanwhile, keptOnly } = this.#texts;
    const ask = async (index: SearchIndex) => ({ index, query, given: await search.answer(index, query) });
    const showKept = async (isWanted: () => boolean, remark: (count: number) => string) => {
      const kept = await search.openKeptIndex();
      if (!kept) return false;
      await this.#show(search, await ask(kept), isWanted, [remark(kept.candidates.length)]);
      return true;
    };
    const bundles = JSON.parse(this.dataset.searchBundles ?? '[]') as string[];
    try {
      const asked = await search.answerOrMeanwhile(search.openEngine(bundles).then(ask), (isLate) =>
        showKept(() => isCurrent() && isLate(), keptMeanwhile),
      );
      await this.#show(search, asked, isCurrent);
    } catch (error) {
      if (!(await showKept(isCurrent, keptOnly))) throw error;
      console.error(error);
    }
  }

  async #show(
    search: Search,
    asked: Asked,
    isCurrent: () => boolean,
    remarks: readonly string[] = [],
  ): Promise<void> {
    if (!isCurrent()) return;
    const { query, given } = asked;
    const { length } = given.found;
    const notes = [
      ...given.changes.map(this.#texts.change),
      ...(given.isPartial ? [this.#texts.partial] : []),
    ];
    this.#status.textContent = [
      length === 0 ? this.#texts.none : this.#texts.count(length),
      ...remarks,
      ...(length ? notes : []),
    ].join(' · ');
    this.#list.replaceChildren(...this.#items(search, given.found.slice(0, SHOWN), given.runs));
    const { allResults, askInstead, hint } = this.#texts;
    const all = create('a', { href: this.#addressFor(query) }, length === 0 ? askInstead : allResults);
    this.#foot.replaceChildren(all, create('span', { class: 'search-keys' }, hint));
    if (length === 0 || length >= SHOWN) return;
    // The answer as typed is complete; a failure of the further suggestions doesn't matter.
    await this.#addBeside(search, asked, isCurrent).catch(console.error);
  }

  /** Adds the results of other meanings below those found as typed. */
  async #addBeside(search: Search, { index, query, given }: Asked, isCurrent: () => boolean): Promise<void> {
    const beside = await search.answerBeside(index, query, given);
    if (!isCurrent() || beside.found.length === 0) return;
    const lead = create('p', { class: 'search-note' }, besideNote(beside, this.#texts));
    const room = SHOWN - given.found.length;
    this.#list.append(
      create('li', {}, lead),
      ...this.#items(search, beside.found.slice(0, room), beside.runs),
    );
  }

  #items({ resultItem, showHits }: Search, found: readonly Candidate[], runs: string[][]): HTMLLIElement[] {
    return found.map((candidate) => {
      const item = resultItem(candidate, runs, this.#texts);
      item.addEventListener('click', () => rememberSearch(this.#input.value.trim()));
      showHits(item, candidate, runs, this.#texts).catch((error: unknown) => console.error(error));
      return item;
    });
  }

  #showRecent(): void {
    this.#list.replaceChildren();
    this.#status.textContent = this.#texts.idle;
    const choices = recentChoices(this.#texts, (query) => {
      this.#input.value = query;
      this.#input.focus();
      void this.#run();
    });
    this.#foot.replaceChildren(...choices);
  }

  /** Moves the focus with the arrow keys, from the input through the results and around. */
  #moveBy(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.isComposing) return;
    const stops = [this.#input, ...this.#list.querySelectorAll<HTMLElement>('.search-title')];
    const now = stops.findIndex((stop) => stop === document.activeElement);
    event.preventDefault();
    stops[(now + by + stops.length) % stops.length]!.focus();
  }

  /**
   * Returns the focus to the input before a character is typed, so that it lands there; as the combobox pattern of the
   * ARIA Authoring Practices does. A space scrolls.
   */
  #typeOn({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    if (key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) this.#input.focus();
  }

  /** Closes the box on Escape: Safari uses the key to clear a search field, even an empty one. */
  #leaveBy(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || this.#input.value !== '') return;
    event.preventDefault();
    this.#dialog.close();
  }

  #openAll(): void {
    const query = this.#input.value.trim();
    if (query) rememberSearch(query);
    location.assign(this.#addressFor(query));
  }

  #addressFor(query: string): string {
    const { address = '' } = this.dataset;
    return query ? `${address}?q=${encodeURIComponent(query)}` : address;
  }
}

customElements.define('search-dialog', SearchDialog);

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
