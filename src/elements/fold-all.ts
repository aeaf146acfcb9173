import { elementNamed } from './fragment.ts';

/**
 * `<fold-all>`: folds and unfolds all chapters of its article together, and unfolds the chapter that an address leads
 * to. Printing unfolds all. The button's labels are in `data-fold` and `data-unfold`.
 */
class FoldAll extends HTMLElement {
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const chapters = [
      ...(this.closest('article')?.querySelectorAll<HTMLDetailsElement>('details.chapter') ?? []),
    ];
    const button = this.querySelector('button');
    if (!button || chapters.length < 2) return;
    const label = () => {
      const isOpen = chapters.some(({ open }) => open);
      button.textContent = (isOpen ? this.dataset.fold : this.dataset.unfold) ?? '';
    };
    const open = (isOpen: boolean) => {
      for (const chapter of chapters) chapter.open = isOpen;
    };
    button.addEventListener('click', () => open(!chapters.some((chapter) => chapter.open)), { signal });
    for (const chapter of chapters) chapter.addEventListener('toggle', label, { signal });
    const reveal = () => {
      const target = elementNamed(location.hash);
      const chapter = target?.closest<HTMLDetailsElement>('details.chapter');
      if (!chapter || chapter.open) return;
      chapter.open = true;
      target?.scrollIntoView();
    };
    addEventListener('hashchange', reveal, { signal });
    addEventListener('beforeprint', () => open(true), { signal });
    label();
    this.hidden = false;
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }
}

customElements.define('fold-all', FoldAll);
