import { button, create } from '../../elements/dom.ts';
import type { Candidate } from '../query/search-index.ts';
import { countFacet, FACETS, type Chosen, type Facet } from './facets.ts';
import type { Request } from './request.ts';
import type { SearchTexts } from './texts.ts';

/** Maximum number of values shown of a facet. */
const MOST_VALUES = 12;
/** At this width, the search page has room for the open filters beside the results. */
const WIDE = '(min-width: 62rem)';

/** Makes another request of the one of the moment, which a reader may have changed since the filters were shown. */
type Change = (now: Request) => Request;

/** The filters with their counts, and the sort order. They stay open and keep the focus while the results change. */
export class Tools {
  /** Comes before the results. */
  readonly element = create('div', { class: 'search-tools' });
  /** Comes after the results, and has the filters on a wide screen: Tab then reaches the results before all of them. */
  readonly column = create('div', { class: 'search-column' });
  readonly #texts: SearchTexts;
  readonly #go: (change: Change) => void;
  readonly #filters = create('details', { class: 'search-filters' });
  readonly #wide = matchMedia(WIDE);

  /** @param go - called with the change that other filters or another order make to the request of that moment */
  constructor(texts: SearchTexts, go: (change: Change) => void) {
    this.#texts = texts;
    this.#go = go;
    this.#filters.open = this.#wide.matches;
    this.#wide.addEventListener('change', ({ matches }) => {
      this.#filters.open = matches;
      if (this.#filters.isConnected) this.#place.prepend(this.#filters);
    });
  }

  /** Removes the filters and the sort order. */
  clear(): void {
    this.element.replaceChildren();
    this.column.replaceChildren();
  }

  /** Shows the filters for these entries; none when there is nothing to choose. */
  show(found: readonly Candidate[], request: Request): void {
    const parts = [this.element, this.column];
    const hadFocus = parts.some((part) => part.contains(document.activeElement));
    const focused = hadFocus ? document.activeElement?.getAttribute('data-choice') : null;
    const groups = FACETS.flatMap((facet) => this.#facet(found, request, facet));
    const isNarrowed = Object.keys(request.chosen).length > 0;
    const summary = this.#filters.querySelector('summary') ?? create('summary');
    // Open filters fill a phone's screen, so the chosen values are shown in the summary too.
    const names = FACETS.flatMap((facet) => {
      const value = request.chosen[facet];
      return value === undefined ? [] : [this.#nameOf(facet, value)];
    });
    const chosen = create('span', { class: 'search-chosen' }, names.join(' · '));
    summary.replaceChildren(this.#texts.filters, ...(isNarrowed ? [chosen] : []));
    this.#filters.replaceChildren(summary, ...groups, ...(isNarrowed ? [this.clearing()] : []));
    if (found.length === 0) {
      this.clear();
    } else {
      if (groups.length === 0) this.#filters.remove();
      // Leave the filters in place, because removing and reinserting them would lose the focus.
      else if (this.#filters.parentNode !== this.#place) this.#place.prepend(this.#filters);
      this.element.querySelector('.search-orders')?.remove();
      this.element.append(this.#orders(request));
    }
    const find = (selector: string) =>
      parts.map((part) => part.querySelector<HTMLElement>(selector)).find(Boolean);
    if (focused) find(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
    // Nothing is left to narrow, and the filters have gone.
    if (hadFocus && !parts.some((part) => part.contains(document.activeElement)))
      find('[aria-pressed="true"]')?.focus();
  }

  get #place(): HTMLElement {
    return this.#wide.matches ? this.column : this.element;
  }

  #facet(found: readonly Candidate[], request: Request, facet: Facet): HTMLElement[] {
    const { chosen } = request;
    const values = countFacet(found, chosen, facet);
    if (values.length < 2 && chosen[facet] === undefined) return [];
    const choices = values.slice(0, MOST_VALUES).map(([value, count]) => {
      const isChosen = chosen[facet] === value;
      const choice = this.#choice(`${facet} ${value}`, this.#nameOf(facet, value), isChosen, (now) => ({
        ...now,
        chosen: isChosen ? without(now.chosen, facet) : { ...now.chosen, [facet]: value },
      }));
      choice.append(create('span', { class: 'search-number' }, String(count)));
      return choice;
    });
    return [create('fieldset', {}, create('legend', {}, this.#texts.facets[facet]), ...choices)];
  }

  #orders(request: Request): HTMLElement {
    const { sort, sorts } = this.#texts;
    return create(
      'div',
      { class: 'search-orders', role: 'group', 'aria-label': sort },
      this.#choice('sort relevance', sorts.relevance, !request.byDate, (now) => ({ ...now, byDate: false })),
      this.#choice('sort date', sorts.date, request.byDate, (now) => ({ ...now, byDate: true })),
    );
  }

  /** A button that takes all filters off. */
  clearing(): HTMLElement {
    return button(this.#texts.clearFilters, 'search-clear', () => {
      this.#go((now) => ({ ...now, chosen: {} }));
      this.#filters.querySelector('summary')?.focus();
    });
  }

  #choice(key: string, name: string, isChosen: boolean, change: Change): HTMLButtonElement {
    const choice = button(name, 'search-choice', () => this.#go(change));
    choice.setAttribute('data-choice', key);
    choice.setAttribute('aria-pressed', String(isChosen));
    return choice;
  }

  #nameOf(facet: Facet, value: string): string {
    const names: Partial<Record<Facet, Record<string, string>>> = {
      form: this.#texts.forms,
      level: this.#texts.levels,
    };
    return names[facet]?.[value] ?? value;
  }
}

function without(chosen: Chosen, facet: Facet): Chosen {
  return Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== facet));
}
