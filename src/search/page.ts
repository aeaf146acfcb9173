import { button, create, onTyping, whenSeen } from './dom.ts';
import { openEngine, type Candidate, type Engine } from './engine.ts';
import { countFacet, FACETS, narrow, type Chosen, type Facet } from './facets.ts';
import { newerFirst } from './rank.ts';
import { recentChoices, rememberSearch } from './recent.ts';
import { resultItem, showHits } from './result.ts';
import { answer, answerBeside, type Answer } from './search.ts';
import { searchTexts } from './texts.ts';

/** How many results are listed at first, and how many more at each request. */
const BATCH = 60;
/** How many of them get their excerpts at once; the others when they come into view. */
const AT_ONCE = 10;
/** How many fill a screen: these are shown with their excerpts, for what comes later would move those below it. */
const ON_SCREEN = 4;
/** How many values of a facet are offered. */
const MOST_VALUES = 12;

/** What the address of the search page says. */
interface Request {
  query: string;
  chosen: Chosen;
  byDate: boolean;
}

/**
 * The search page: answers what its address asks (`?q=拉新&form=talks&year=2026&sort=date`) and as one types.
 *
 * `data-search-bundles` names the bundles to search as a JSON list of paths, the most complete first. A form with an
 * `input[name="q"]` inside is kept in step with the address. Marks: `data-search-state` (idle, searching, done) on the
 * element, `[data-search-count]`, `ol[data-search-results] > li[data-entry]` with its link first. What synonyms and
 * pinyin find beside stands in a list of its own, `ol[data-search-beside]`.
 */
class SearchResults extends HTMLElement {
  readonly #texts = searchTexts();
  readonly #status = create('p', { role: 'status', class: 'search-status' });
  readonly #tools = create('div', { class: 'search-tools' });
  readonly #list = create('ol', { 'data-search-results': '', class: 'search-results' });
  readonly #more = button(this.#texts.more, 'search-more', () => this.#showMore());
  readonly #after = create('div', { class: 'search-after' });
  readonly #stop = new AbortController();
  /** Counts requests, so that a late answer to an old one is dropped. */
  #asked = 0;
  #query = '';
  #answer: Answer | undefined;
  #rest: Candidate[] = [];

  connectedCallback(): void {
    const { signal } = this.#stop;
    this.#more.hidden = true;
    this.append(this.#status, this.#tools, this.#list, this.#more, this.#after);
    const input = this.#input;
    if (input) {
      onTyping(input, () => this.#go({ ...readAddress(), query: input.value.trim() }, 'replace'));
      input.form?.addEventListener('submit', (event) => {
        event.preventDefault();
        this.#go({ ...readAddress(), query: input.value.trim() }, 'push');
        if (input.value.trim()) rememberSearch(input.value.trim());
      });
    }
    this.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('li[data-entry] a') && this.#query)
        rememberSearch(this.#query);
    });
    addEventListener('popstate', () => void this.#run(), { signal });
    void this.#run();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector('input[name="q"]');
  }

  #go(request: Request, how: 'push' | 'replace'): void {
    const address = addressOf(request);
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
    void this.#run();
  }

  async #run(): Promise<void> {
    const asked = ++this.#asked;
    const request = readAddress();
    if (this.#input && this.#input.value.trim() !== request.query) this.#input.value = request.query;
    if (!request.query && Object.keys(request.chosen).length === 0) {
      this.#answer = undefined;
      this.#clear();
      this.#say('idle', this.#texts.idle);
      this.#after.append(...recentChoices(this.#texts, (query) => this.#go({ ...request, query }, 'push')));
      return;
    }
    if (!this.#answer || request.query !== this.#query) this.#say('searching', this.#texts.searching);
    try {
      const engine = await openEngine(JSON.parse(this.dataset.searchBundles ?? '[]') as string[]);
      const given = await this.#ask(engine, request.query);
      if (asked !== this.#asked) return;
      await this.#show(given, request, () => asked === this.#asked);
      if (asked !== this.#asked) return;
      if (given.found.length === 0) this.#showEmpty(engine);
      await this.#showBeside(engine, request, given, () => asked === this.#asked);
    } catch (error) {
      console.error(error);
      if (asked === this.#asked) this.#fail();
    }
  }

  /** Choosing a filter asks nothing anew. */
  async #ask(engine: Engine, query: string): Promise<Answer> {
    if (this.#answer && this.#query === query) return this.#answer;
    const given = query
      ? await answer(engine, query)
      : { found: [...engine.candidates], runs: [], changes: [], isPartial: false };
    this.#answer = given;
    this.#query = query;
    return given;
  }

  async #show(given: Answer, request: Request, isCurrent: () => boolean): Promise<void> {
    const found = narrow(given.found, request.chosen);
    if (request.byDate) found.sort(newerFirst);
    const first = found.slice(0, AT_ONCE).map((candidate) => this.#item(candidate, given.runs, true));
    await Promise.all(first.slice(0, ON_SCREEN).map(({ filled }) => filled));
    if (!isCurrent()) return;
    this.#clear();
    this.#list.append(...first.map(({ item }) => item));
    this.#rest = found.slice(AT_ONCE);
    this.#tools.replaceChildren(...this.#filters(given.found, request));
    this.#showMore(BATCH - AT_ONCE);
    const { none, count, narrowed, partial, change } = this.#texts;
    const total = given.found.length;
    const notes = [...given.changes.map(change), ...(given.isPartial && total > 0 ? [partial] : [])];
    const counted = total === 0 ? none : found.length < total ? narrowed(found.length, total) : count(total);
    this.#say('done', counted, found.length, notes);
  }

  #showMore(many = BATCH): void {
    const { runs } = this.#answer ?? { runs: [] };
    const batch = this.#rest.slice(0, many);
    this.#rest = this.#rest.slice(many);
    this.#list.append(...batch.map((candidate) => this.#item(candidate, runs, false).item));
    this.#more.hidden = this.#rest.length === 0;
  }

  /** A result, and the moment at which its excerpts stand in it: at once, or when it comes into view. */
  #item(candidate: Candidate, runs: string[][], isAtOnce: boolean): { item: HTMLLIElement; filled: unknown } {
    const item = resultItem(candidate, runs, this.#texts);
    if (runs.length === 0) return { item, filled: undefined };
    const load = () =>
      showHits(item, candidate, runs, this.#texts).catch((error: unknown) => console.error(error));
    if (isAtOnce) return { item, filled: load() };
    whenSeen(item, () => void load());
    return { item, filled: undefined };
  }

  async #showBeside(
    engine: Engine,
    request: Request,
    given: Answer,
    isCurrent: () => boolean,
  ): Promise<void> {
    if (given.found.length === 0 || !request.query) return;
    const beside = await answerBeside(engine, request.query, given);
    const found = narrow(beside.found, request.chosen);
    if (!isCurrent() || found.length === 0) return;
    const list = create('ol', { 'data-search-beside': '', class: 'search-results' });
    const items = found.slice(0, BATCH).map((candidate) => this.#item(candidate, beside.runs, false).item);
    list.append(...items);
    const lead = beside.changes.map(this.#texts.change).join('；');
    this.#after.append(
      create('h2', { class: 'search-beside' }, this.#texts.beside),
      create('p', {}, lead),
      list,
    );
  }

  /** Facets with counts, and the order; nothing where there is nothing to choose. */
  #filters(found: readonly Candidate[], request: Request): Node[] {
    if (found.length === 0) return [];
    const { facets, filters, clearFilters, sorts } = this.#texts;
    const { chosen } = request;
    const groups = FACETS.flatMap((facet) => {
      const values = countFacet(found, chosen, facet);
      if (values.length < 2 && chosen[facet] === undefined) return [];
      const choices = values.slice(0, MOST_VALUES).map(([value, count]) => {
        const isChosen = chosen[facet] === value;
        const choice = button(this.#nameOf(facet, value), 'search-choice', () =>
          this.#go(
            { ...request, chosen: isChosen ? without(chosen, facet) : { ...chosen, [facet]: value } },
            'push',
          ),
        );
        choice.setAttribute('aria-pressed', String(isChosen));
        choice.append(create('span', { class: 'search-number' }, String(count)));
        return choice;
      });
      return [create('fieldset', {}, create('legend', {}, facets[facet]), ...choices)];
    });
    const order = (byDate: boolean) => {
      const choice = button(byDate ? sorts.date : sorts.relevance, 'search-choice', () =>
        this.#go({ ...request, byDate }, 'push'),
      );
      choice.setAttribute('aria-pressed', String(request.byDate === byDate));
      return choice;
    };
    const details = create('details', { class: 'search-filters' }, create('summary', {}, filters), ...groups);
    details.open = Object.keys(chosen).length > 0;
    if (details.open) {
      details.append(
        button(clearFilters, 'search-clear', () => this.#go({ ...request, chosen: {} }, 'push')),
      );
    }
    const orders = create('div', { class: 'search-orders', role: 'group', 'aria-label': this.#texts.sort });
    orders.append(order(false), order(true));
    return groups.length > 0 ? [details, orders] : [orders];
  }

  #nameOf(facet: Facet, value: string): string {
    if (facet === 'form') return this.#texts.forms[value] ?? value;
    return facet === 'level' ? (this.#texts.levels[value] ?? value) : value;
  }

  /** Helps someone who found nothing: topics to browse, and whom to ask. */
  #showEmpty({ candidates }: Engine): void {
    const shared = (topic: string) =>
      Array.from(topic).filter((character) => this.#query.includes(character)).length;
    const topics = countFacet(candidates, {}, 'topic')
      .sort(([a], [b]) => shared(b) - shared(a))
      .slice(0, 8);
    const links = topics.map(([topic]) =>
      create(
        'li',
        {},
        create('a', { href: addressOf({ query: '', chosen: { topic }, byDate: false }) }, topic),
      ),
    );
    this.#after.append(
      create('p', {}, this.#texts.emptyLead),
      create('ul', { class: 'search-topics', role: 'list' }, ...links),
      create('p', {}, this.#texts.emptyAsk),
    );
  }

  #clear(): void {
    this.#rest = [];
    this.#more.hidden = true;
    for (const part of [this.#tools, this.#list, this.#after]) part.replaceChildren();
  }

  #say(
    state: 'idle' | 'searching' | 'done',
    text: string,
    count?: number,
    notes: readonly string[] = [],
  ): void {
    const words = create('span', count === undefined ? {} : { 'data-search-count': String(count) }, text);
    this.#status.replaceChildren(
      words,
      ...notes.map((note) => create('span', { class: 'search-note' }, note)),
    );
    this.dataset.searchState = state;
  }

  #fail(): void {
    this.#answer = undefined;
    this.#clear();
    this.#say('done', this.#texts.unavailable);
    this.#status.append(button(this.#texts.retry, 'search-retry', () => void this.#run()));
  }
}

customElements.define('search-results', SearchResults);

function without(chosen: Chosen, facet: Facet): Chosen {
  return Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== facet));
}

function readAddress(): Request {
  const parameters = new URLSearchParams(location.search);
  const chosen: Chosen = {};
  for (const facet of FACETS) {
    const value = parameters.get(facet);
    if (value) chosen[facet] = value;
  }
  return { query: parameters.get('q')?.trim() ?? '', chosen, byDate: parameters.get('sort') === 'date' };
}

function addressOf({ query, chosen, byDate }: Request): string {
  const parameters = new URLSearchParams(query ? { q: query } : {});
  for (const facet of FACETS) {
    const value = chosen[facet];
    if (value !== undefined) parameters.set(facet, value);
  }
  if (byDate) parameters.set('sort', 'date');
  const search = parameters.toString();
  return search ? `?${search}` : location.pathname;
}
