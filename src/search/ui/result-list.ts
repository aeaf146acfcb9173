import { button, create, whenSeen } from '../../elements/dom.ts';
import type { Candidate } from '../query/search-index.ts';
import { resultItem, showHits } from './result.ts';
import type { SearchTexts } from './texts.ts';

/** The number of results listed at first, and added by each click on "more". */
const BATCH = 60;
/** The number of results that get their excerpts immediately; the others get them when they come into view. */
const AT_ONCE = 10;
/** The number of results that fill a screen: they are shown with their excerpts, so that nothing moves afterwards. */
const ON_SCREEN = 4;

/** A list of results that grows on request. */
export class ResultList {
  readonly list: HTMLOListElement;
  readonly more: HTMLButtonElement;
  readonly #texts: SearchTexts;
  #rest: readonly Candidate[] = [];
  #runs: string[][] = [];
  /** For each result, the function that adds its excerpts and resolves when they are there. */
  readonly #fillings = new WeakMap<Element, () => Promise<void>>();

  /** @param mark - the attribute that names the list: `data-search-results` */
  constructor(texts: SearchTexts, mark: string) {
    this.#texts = texts;
    this.list = create('ol', { [mark]: '', class: 'search-results', role: 'list' });
    this.more = button(texts.more, 'search-more', () => this.#goOn());
    this.more.hidden = true;
  }

  /**
   * Creates the first results.
   *
   * @param runs - runs of folded characters to highlight
   * @returns a function that replaces the previous results with them
   */
  async prepare(found: readonly Candidate[], runs: string[][]): Promise<() => void> {
    const first = found.slice(0, AT_ONCE).map((candidate) => this.#fill(candidate, runs));
    await Promise.all(first.slice(0, ON_SCREEN).map(({ filled }) => filled));
    return () => {
      this.list.replaceChildren(...first.map(({ item }) => item));
      this.#rest = found.slice(AT_ONCE);
      this.#runs = runs;
      this.#add(BATCH - AT_ONCE);
    };
  }

  /** Shows entries, which get their excerpts when they come into view. */
  show(found: readonly Candidate[], runs: string[][]): void {
    this.list.replaceChildren();
    this.#rest = found;
    this.#runs = runs;
    this.#add(BATCH);
  }

  /** The result of an entry, once all results before it and those below it on the screen have their excerpts. */
  async filledItemOf(entry: string): Promise<Element | undefined> {
    this.#add(this.#rest.findIndex((candidate) => candidate.entry === entry) + 1);
    const items = [...this.list.children];
    const at = items.findIndex((item) => item instanceof HTMLElement && item.dataset.entry === entry);
    if (at === -1) return undefined;
    await Promise.all(items.slice(0, at + ON_SCREEN).flatMap((item) => this.#fillings.get(item)?.() ?? []));
    return items[at];
  }

  /** Lists more results and moves the focus to the first of them, because the button may be gone then. */
  #goOn(): void {
    const { length } = this.list.children;
    this.#add(BATCH);
    this.list.children[length]?.querySelector('a')?.focus({ preventScroll: true });
  }

  #add(many: number): void {
    const batch = this.#rest.slice(0, many);
    this.#rest = this.#rest.slice(many);
    this.list.append(...batch.map((candidate) => this.#item(candidate)));
    this.more.hidden = this.#rest.length === 0;
  }

  /** Creates a result that gets its excerpts when it comes into view. */
  #item(candidate: Candidate): HTMLLIElement {
    const item = resultItem(candidate, this.#runs, this.#texts);
    const runs = this.#runs;
    if (runs.length === 0) return item;
    let filled: Promise<void> | undefined;
    const fill = () => (filled ??= this.#showHits(item, candidate, runs));
    this.#fillings.set(item, fill);
    whenSeen(item, () => void fill());
    return item;
  }

  /** Creates a result and loads its excerpts; `filled` resolves when they are there. */
  #fill(candidate: Candidate, runs: string[][]): { item: HTMLLIElement; filled: Promise<void> } {
    const item = resultItem(candidate, runs, this.#texts);
    const filled = runs.length > 0 ? this.#showHits(item, candidate, runs) : Promise.resolve();
    this.#fillings.set(item, () => filled);
    return { item, filled };
  }

  #showHits(item: HTMLElement, candidate: Candidate, runs: string[][]): Promise<void> {
    return showHits(item, candidate, runs, this.#texts).catch((error: unknown) => console.error(error));
  }
}
