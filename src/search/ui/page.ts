import { create, button, onTyping } from '../../elements/dom.ts';
import { askChoices, topicChoices } from './empty.ts';
import { openEngine, type Engine } from '../query/engine.ts';
import type { SearchIndex } from '../query/search-index.ts';
import { narrow } from './facets.ts';
import { answerOrMeanwhile, openKeptIndex } from '../query/kept-index.ts';
import { newerFirst } from '../query/rank.ts';
import { goToPlace, keepPlace } from './scroll-position.ts';
import { recentChoices, rememberSearch } from './recent.ts';
import { addressOf, readAddress, type Request } from './request.ts';
import { ResultList } from './result-list.ts';
import { answer, answerBeside, type Answer } from '../query/answer.ts';
import { besideNote, searchTexts } from './texts.ts';
import { Tools } from './tools.ts';

/**
 * `<search-results>`, the search page: answers the request in its address (`?q=拉新&form=talks&year=2026&sort=date`),
 * and while the reader types.
 *
 * `data-search-bundles` lists the paths of the bundles to search as JSON, the most complete first. A form with an
 * `input[name="q"]` inside is kept in sync with the address. Stable markers: `data-search-state` (idle, searching,
 * done) on the element, `[data-search-count]`, `ol[data-search-results] > li[data-entry]` with its link first. What
 * is found besides is in a list of its own, `ol[data-search-beside]`.
 */
class SearchResults extends HTMLElement {
  readonly #texts = searchTexts;
  readonly #status = create('p', { role: 'status', class: 'search-status' });
  readonly #tools = new Tools(this.#texts, (change) => this.#go(change(this.#typed()), 'push'));
  readonly #results = new ResultList(this.#texts, 'data-search-results');
  readonly #after = create('div', { class: 'search-after' });
  readonly #stop = new AbortController();
  /** The number of requests so far, so that a late answer to an old one is dropped. */
  #asked = 0;
  #query = '';
  #answer: Answer | undefined;
  /** Whether the request that the page was opened with is still unanswered. */
  #isNew = true;

  connectedCallback(): void {
    const { signal } = this.#stop;
    const { list, more } = this.#results;
    this.append(this.#status, this.#tools.element, list, more, this.#after, this.#tools.column);
    const input = this.#input;
    if (input) {
      onTyping(input, () => {
        const request = this.#typed();
        // A filter chosen meanwhile has already searched for it.
        if (request.query !== readAddress().query) this.#go(request, 'replace');
      });
      input.form?.addEventListener('submit', (event) => {
        event.preventDefault();
        this.#go(this.#typed(), 'push');
        if (input.value.trim()) rememberSearch(input.value.trim());
      });
    }
    this.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('li[data-entry] a') && this.#query)
        rememberSearch(this.#query);
    });
    addEventListener('pagehide', () => keepPlace(this.#results), { signal });
    addEventListener('popstate', () => void this.#run(), { signal });
    // A fast reader may have typed before this script was loaded.
    const early = input?.value.trim();
    if (early && !readAddress().query) this.#go({ ...readAddress(), query: early }, 'replace');
    else void this.#run();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input[name="q"]');
  }

  /** The request in the address with the query as typed so far, which the address follows only after a moment. */
  #typed(): Request {
    const request = readAddress();
    return { ...request, query: this.#input?.value.trim() ?? request.query };
  }

  #go(request: Request, how: 'push' | 'replace'): void {
    const address = addressOf(request);
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
    void this.#run();
  }

  async #run(): Promise<void> {
    const asked = ++this.#asked;
    const isCurrent = () => asked === this.#asked;
    const request = readAddress();
    if (this.#input && this.#input.value.trim() !== request.query) this.#input.value = request.query;
    if (!request.query && Object.keys(request.chosen).length === 0) {
      this.#rest();
      return;
    }
    this.#say('searching', this.#texts.searching);
    // A filter shows at once that it is chosen: on a slow connection, its results wait seconds for their excerpts.
    const known = request.query === this.#query ? this.#answer : undefined;
    if (known) this.#tools.show(known.found, request);
    try {
      const { engine, given } = await answerOrMeanwhile(this.#askEngine(request.query), (isLate) =>
        this.#showKept(request, () => isCurrent() && isLate(), 'searching', this.#texts.keptMeanwhile),
      );
      if (!isCurrent()) return;
      this.#answer = given;
      this.#query = request.query;
      await this.#show(given, request, isCurrent);
      if (!isCurrent()) return;
      if (given.found.length === 0) this.#after.append(...topicChoices(engine, request.query, this.#texts));
      if (given.found.length === 0 || given.isPartial)
        this.#after.append(askChoices(request.query, this.#texts));
      // The answer as typed is complete; a failure of the further suggestions doesn't matter.
      else await this.#showBeside(engine, request, given, isCurrent).catch(console.error);
    } catch (error) {
      console.error(error);
      if (isCurrent()) await this.#fail(request, isCurrent);
    }
  }

  /** Answers a query; when only a filter has changed, returns the previous answer. */
  async #askEngine(query: string): Promise<{ engine: Engine; given: Answer }> {
    const engine = await openEngine(JSON.parse(this.dataset.searchBundles ?? '[]') as string[]);
    const known = this.#query === query ? this.#answer : undefined;
    return { engine, given: known ?? (await ask(engine, query)) };
  }

  #rest(): void {
    this.#isNew = false;
    this.#answer = undefined;
    this.#clear();
    this.#say('idle', this.#texts.idle);
    this.#after.append(
      ...recentChoices(this.#texts, (query) => this.#go({ ...readAddress(), query }, 'push')),
      ...this.#browse(),
    );
  }

  /** The page's suggestions for browsing, shown before a search. */
  #browse(): Node[] {
    const browse = this.querySelector<HTMLTemplateElement>('template[data-browse]');
    return browse ? [browse.content.cloneNode(true)] : [];
  }

  async #show(
    given: Answer,
    request: Request,
    isCurrent: () => boolean,
    state: 'searching' | 'done' = 'done',
    remarks: readonly string[] = [],
  ): Promise<void> {
    const found = narrow(given.found, request.chosen);
    if (request.byDate) found.sort(newerFirst);
    const putResults = await this.#results.prepare(found, given.runs);
    if (!isCurrent()) return;
    this.#after.replaceChildren();
    this.#tools.show(given.found, request);
    putResults();
    const { none, count, narrowed, partial, change } = this.#texts;
    const total = given.found.length;
    const notes = [
      ...remarks,
      ...given.changes.map(change),
      ...(given.isPartial && total > 0 ? [partial] : []),
    ];
    const counted = total === 0 ? none : found.length < total ? narrowed(found.length, total) : count(total);
    this.#say(state, counted, found.length, notes);
    // The filters stay for the next query, and may be closed: offer the way out where they leave nothing.
    if (found.length === 0 && total > 0) this.#status.append(' ', this.#tools.clearing());
    if (state === 'searching') return;
    if (this.#isNew) void goToPlace(this.#results);
    this.#isNew = false;
  }

  async #showBeside(
    engine: Engine,
    request: Request,
    given: Answer,
    isCurrent: () => boolean,
  ): Promise<void> {
    if (!request.query) return;
    const beside = await answerBeside(engine, request.query, given);
    const found = narrow(beside.found, request.chosen);
    if (!isCurrent() || found.length === 0) return;
    const results = new ResultList(this.#texts, 'data-search-beside');
    results.show(found, beside.runs);
    this.#after.append(
      create('h2', { class: 'search-beside' }, beside.isPartial ? this.#texts.related : this.#texts.beside),
      create('p', {}, besideNote(beside, this.#texts)),
      results.list,
      results.more,
    );
  }

  #clear(): void {
    this.#results.show([], []);
    this.#tools.clear();
    this.#after.replaceChildren();
  }

  #say(
    state: 'idle' | 'searching' | 'done',
    text: string,
    count?: number,
    notes: readonly string[] = [],
  ): void {
    const words = create('span', count === undefined ? {} : { 'data-search-count': String(count) }, text);
    // Screen readers announce only the outcome, not at each letter that a search is running.
    if (state === 'searching') words.ariaHidden = 'true';
    this.#status.replaceChildren(
      words,
      ...notes.map((note) => create('span', { class: 'search-note' }, note)),
    );
    this.dataset.searchState = state;
  }

  /** Searches the offline copies instead, because the index is unreachable. */
  async #fail(request: Request, isCurrent: () => boolean): Promise<void> {
    this.#answer = undefined;
    dispatchEvent(new Event('gate:failed'));
    const { unavailable, keptOnly, retry } = this.#texts;
    if (!(await this.#showKept(request, isCurrent, 'done', keptOnly)) && isCurrent()) {
      this.#clear();
      this.#say('done', unavailable);
    }
    if (isCurrent()) this.#status.append(button(retry, 'search-retry', () => void this.#run()));
  }

  /** @returns false when there are no offline copies */
  async #showKept(
    request: Request,
    isCurrent: () => boolean,
    state: 'searching' | 'done',
    remark: (count: number) => string,
  ): Promise<boolean> {
    const kept = await openKeptIndex();
    if (!kept) return false;
    const given = await ask(kept, request.query);
    if (isCurrent()) await this.#show(given, request, isCurrent, state, [remark(kept.candidates.length)]);
    return true;
  }
}

customElements.define('search-results', SearchResults);

/** The answer of an index; without a query, all of its entries. */
async function ask(index: SearchIndex, query: string): Promise<Answer> {
  if (query) return answer(index, query);
  return { found: [...index.candidates], runs: [], changes: [], isPartial: false };
}
