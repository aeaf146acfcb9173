/** The number of cases shown side by side at first, by width of the window. */
const FIRST = { narrow: 2, wide: 3 };

/**
 * `<case-table>`: shows the columns of its table whose boxes are ticked. `?case=SLUG` (one or more) chooses them;
 * without it, or besides a single one, the newest cases are shown.
 */
class CaseTable extends HTMLElement {
  #stop = new AbortController();
  #boxes: HTMLInputElement[] = [];

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#boxes = [...this.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
    const first = matchMedia('(min-width: 62rem)').matches ? FIRST.wide : FIRST.narrow;
    const named = new URLSearchParams(location.search).getAll('case');
    const chosen = named.filter((value) => this.#boxes.some((box) => box.value === value));
    for (const { value } of this.#boxes) {
      if (chosen.length < (named.length > 1 ? named.length : first) && !chosen.includes(value))
        chosen.push(value);
    }
    for (const box of this.#boxes) {
      box.checked = chosen.includes(box.value);
      box.addEventListener('change', () => this.#choose(), { signal });
    }
    this.querySelector('fieldset')!.hidden = this.#boxes.length < 2;
    this.#show();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #choose(): void {
    const address = new URL(location.href);
    address.searchParams.delete('case');
    for (const { value, checked } of this.#boxes) if (checked) address.searchParams.append('case', value);
    history.replaceState(history.state, '', address);
    this.#show();
  }

  #show(): void {
    const shown = new Set(this.#boxes.filter(({ checked }) => checked).map(({ value }) => value));
    for (const cell of this.querySelectorAll<HTMLElement>('[data-case]')) {
      cell.hidden = !shown.has(cell.dataset.case ?? '');
    }
  }
}

customElements.define('case-table', CaseTable);
