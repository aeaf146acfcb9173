/**
 * `<list-filter>` around a form of selects and a list: shows the `[data-item]` elements that have each chosen value
 * among the words of `data-NAME`, says how many, and keeps the choice in the address, so that it can be shared.
 */
class ListFilter extends HTMLElement {
  #stop = new AbortController();
  #selects: HTMLSelectElement[] = [];

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const form = this.querySelector('form');
    if (!form) return;
    form.hidden = false;
    this.#selects = [...form.querySelectorAll('select')];
    const given = new URLSearchParams(location.search);
    for (const select of this.#selects) {
      const value = given.get(select.name);
      if ([...select.options].some((option) => option.value === value)) select.value = value!;
      select.addEventListener('change', () => this.#choose(), { signal });
    }
    form.addEventListener('reset', () => setTimeout(() => this.#reset()), { signal });
    form.addEventListener('submit', (event) => event.preventDefault(), { signal });
    this.#show();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #reset(): void {
    this.#choose();
    // The reset button, which had the focus, is hidden now.
    this.#selects[0]?.focus();
  }

  #choose(): void {
    const address = new URL(location.href);
    for (const { name, value } of this.#selects) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, '', address);
    this.#show();
  }

  #show(): void {
    const chosen = this.#selects.filter(({ value }) => value !== '');
    let shown = 0;
    for (const item of this.querySelectorAll<HTMLElement>('[data-item]')) {
      item.hidden = !chosen.every(({ name, value }) => item.dataset[name]?.split(' ').includes(value));
      if (!item.hidden) shown++;
    }
    this.querySelector<HTMLElement>('[data-none]')!.hidden = shown > 0;
    this.querySelector<HTMLElement>('[type=reset]')!.hidden = chosen.length === 0;
    const count = this.querySelector<HTMLElement>('[data-count]')!;
    // The page's title already has the total.
    const { one = '', count: many = '' } = count.dataset;
    count.textContent = chosen.length === 0 ? '' : shown === 1 ? one : many.replace('{}', String(shown));
  }
}

customElements.define('list-filter', ListFilter);
