import { button, create, whenSeen } from '../elements/dom.ts';
import type { Candidate } from './engine.ts';
import { resultItem, showHits } from './result.ts';
import type { SearchTexts } from './texts.ts';

/** How many results are listed at first, and how many more at each request. */
const BATCH = 60;
/** How many of them get their excerpts at once; the others when they come into view. */
const AT_ONCE = 10;
/** How many fill a screen: these are shown with their excerpts, for what comes later would move those below it. */
const ON_SCREEN = 4;

/** A list of results that grows when one asks for more. */
export class ResultList {
  readonly list: HTMLOListElement;
  readonly more: HTMLButtonElement;
  readonly #texts: SearchTexts;
  #rest: readonly Candidate[] = [];
  #runs: string[][] = [];
  /** What adds the excerpts to a result, or waits until they are there. */
  readonly #fillings = new WeakMap<Element, () => Promise<void>>();

  /** @param mark - the attribute that names the list: `data-search-results` */
  constructor(texts: SearchTexts, mark: string) {
    this.#texts = texts;
    this.list = create('ol', { [mark]: '', class: 'search-results', role: 'list' });
    this.more = button(texts.more, 'search-more', () => this.#goOn());
    this.more.hidden = true;
  }

  /**
   * Makes the first results, and gives what puts them in the place of those before.
   *
   * @param runs - what is marked in them: runs of folded characters
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

  /** Shows entries whose excerpts come as they come into view. */
  show(found: readonly Candidate[], runs: string[][]): void {
    this.list.replaceChildren();
    this.#rest = found;
    this.#runs = runs;
    this.#add(BATCH);
  }

  /** The result that is this entry, as it stands when all before it, and those below it on the screen, have their excerpts. */
  async filledItemOf(entry: string): Promise<Element | undefined> {
    this.#add(this.#rest.findIndex((candidate) => candidate.entry === entry) + 1);
    const items = [...this.list.children];
    const at = items.findIndex((item) => item instanceof HTMLElement && item.dataset.entry === entry);
    if (at === -1) return undefined;
    await Promise.all(items.slice(0, at + ON_SCREEN).flatMap((item) => this.#fillings.get(item)?.() ?? []));
    return items[at];
  }

  /** Lists more, and leads on to them: where that was all, the button goes. */
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

  /** A result whose excerpts come when it is seen. */
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

  /** A result, and the moment at which its excerpts stand in it. */
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
