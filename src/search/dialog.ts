import { button, create, onTyping } from './dom.ts';
import { openEngine, type Candidate } from './engine.ts';
import { recentChoices, rememberSearch } from './recent.ts';
import { resultItem, showHits } from './result.ts';
import { answer } from './search.ts';
import { searchTexts } from './texts.ts';

/** How many results the box shows; the search page has them all. */
const SHOWN = 8;

/**
 * The search box of every page: opened by `/`, Ctrl K, ⌘ K or a click on `[data-search-open]`, it answers as one types.
 * Arrow keys go through the results, Enter opens one. `data-search-bundles` as on the search page; `data-address` is
 * where that page is.
 */
class SearchDialog extends HTMLElement {
  readonly #texts = searchTexts();
  readonly #stop = new AbortController();
  readonly #input = create('input', {
    type: 'search',
    name: 'q',
    role: 'combobox',
    autocomplete: 'off',
    enterkeyhint: 'search',
    placeholder: this.#texts.placeholder,
    'aria-label': this.#texts.title,
    'aria-expanded': 'false',
    'aria-controls': 'search-dialog-list',
    'aria-autocomplete': 'list',
  });
  readonly #status = create('p', { role: 'status', class: 'search-status' });
  readonly #list = create('ol', { id: 'search-dialog-list', role: 'listbox', class: 'search-results' });
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
      this.#open();
    });
    this.#dialog.addEventListener('keydown', (event) => this.#moveBy(event));
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

  /** `/` where one isn't writing, Ctrl K and ⌘ K anywhere. */
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
    void this.#run();
  }

  async #run(): Promise<void> {
    const asked = ++this.#asked;
    const query = this.#input.value.trim();
    if (!query) {
      this.#showRecent();
      return;
    }
    this.#status.textContent = this.#texts.searching;
    try {
      const engine = await openEngine(JSON.parse(this.dataset.searchBundles ?? '[]') as string[]);
      const given = await answer(engine, query);
      if (asked !== this.#asked) return;
      const notes = [
        ...given.changes.map(this.#texts.change),
        ...(given.isPartial ? [this.#texts.partial] : []),
      ];
      const { length } = given.found;
      this.#status.textContent = [
        length === 0 ? this.#texts.none : this.#texts.count(length),
        ...(length ? notes : []),
      ].join(' · ');
      this.#show(given.found.slice(0, SHOWN), given.runs);
      const all = create('a', { href: this.#addressFor(query) }, this.#texts.allResults);
      this.#foot.replaceChildren(all, create('span', {}, this.#texts.hint));
    } catch (error) {
      console.error(error);
      if (asked !== this.#asked) return;
      this.#show([], []);
      this.#status.textContent = this.#texts.unavailable;
      this.#foot.replaceChildren(button(this.#texts.retry, 'search-retry', () => void this.#run()));
    }
  }

  #show(found: readonly Candidate[], runs: string[][]): void {
    const items = found.map((candidate, at) => {
      const item = resultItem(candidate, runs, this.#texts);
      item.id = `search-dialog-${at}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      item.addEventListener('click', () => rememberSearch(this.#input.value.trim()));
      showHits(item, candidate, runs, this.#texts).catch((error: unknown) => console.error(error));
      return item;
    });
    this.#list.replaceChildren(...items);
    this.#input.setAttribute('aria-expanded', String(items.length > 0));
    this.#input.removeAttribute('aria-activedescendant');
  }

  #showRecent(): void {
    this.#show([], []);
    this.#status.textContent = this.#texts.idle;
    const choices = recentChoices(this.#texts, (query) => {
      this.#input.value = query;
      this.#input.focus();
      void this.#run();
    });
    this.#foot.replaceChildren(...choices);
  }

  #moveBy(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...this.#list.children];
    if (by === undefined || event.isComposing || items.length === 0) return;
    event.preventDefault();
    const now = items.findIndex((item) => item.getAttribute('aria-selected') === 'true');
    const next = items[(now + by + items.length + (now < 0 && by < 0 ? 1 : 0)) % items.length]!;
    items.forEach((item) => item.setAttribute('aria-selected', String(item === next)));
    this.#input.setAttribute('aria-activedescendant', next.id);
    next.scrollIntoView({ block: 'nearest' });
  }

  /** Opens the chosen result, or all results where none is chosen. */
  #open(): void {
    const query = this.#input.value.trim();
    if (query) rememberSearch(query);
    const chosen = this.#list.querySelector<HTMLAnchorElement>('[aria-selected="true"] a');
    location.assign(chosen?.href ?? this.#addressFor(query));
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
