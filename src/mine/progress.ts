import { follow } from './store.ts';
import { mineTexts } from './texts.ts';

/**
 * `<mine-progress>` around a list whose items have `data-piece`: marks the items that were finished or practised, and
 * says how many in its `[data-said]`.
 */
class MineProgress extends HTMLElement {
  readonly #texts = mineTexts;
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const items = [...this.querySelectorAll<HTMLElement>('[data-piece]')];
    const bar = this.querySelector('progress');
    const said = this.querySelector('[data-said]');
    follow(({ pieces }) => {
      let done = 0;
      for (const item of items) {
        const piece = pieces.get(item.dataset.piece ?? '');
        const isDone = piece?.finished !== undefined || piece?.state === 'practised';
        item.toggleAttribute('data-done', isDone);
        if (isDone) done++;
      }
      if (bar) bar.value = done;
      if (said) said.textContent = this.#texts.progressOf(done, items.length);
    }, this.#stop.signal);
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }
}

customElements.define('mine-progress', MineProgress);
