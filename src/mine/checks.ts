import { announce, create } from '../elements/dom.ts';
import { LONGEST } from './log.ts';
import { changePiece, countToday, follow, isKept } from './store.ts';
import { mineTexts } from './texts.ts';

/**
 * `<mine-checks data-piece data-title>`: enables the task boxes of its article and keeps the ticked ones by their text.
 */
class MineChecks extends HTMLElement {
  #stop = new AbortController();
  /** Says below a box that its tick could not be stored. */
  readonly #unkept = create('p', { class: 'mine-unkept', 'data-search-ignore': '' }, mineTexts.unkept);

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const boxes = [
      ...(this.closest('article')?.querySelectorAll<HTMLInputElement>('.task-list-item input') ?? []),
    ];
    if (boxes.length === 0) return;
    const { piece = '', title = '' } = this.dataset;
    for (const box of boxes) {
      box.disabled = false;
      box.addEventListener(
        'change',
        () => {
          const done = boxes.filter(({ checked }) => checked).map(wordsOf);
          changePiece(piece, title, (known) => ({ ...known, ticks: { done, of: boxes.length } }));
          countToday();
          this.#sayIfUnkept(box);
        },
        { signal },
      );
    }
    follow((log) => {
      const done = log.pieces.get(piece)?.ticks?.done;
      // Boxes ticked by the writer stay so until the reader changes one.
      if (done) for (const box of boxes) box.checked = done.includes(wordsOf(box));
    }, signal);
  }

  disconnectedCallback(): void {
    this.#stop.abort();
    this.#unkept.remove();
  }

  #sayIfUnkept(box: HTMLInputElement): void {
    this.#unkept.remove();
    if (isKept()) return;
    box.closest('li')!.append(this.#unkept);
    announce(mineTexts.unkept);
  }
}

customElements.define('mine-checks', MineChecks);

function wordsOf(box: HTMLInputElement): string {
  return box.closest('label')?.textContent.trim().slice(0, LONGEST.tick) ?? '';
}
