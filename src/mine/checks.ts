import { LONGEST } from './log.ts';
import { changePiece, countToday, follow } from './store.ts';

/**
 * `<mine-checks data-piece data-title>`: enables the task boxes of its article and keeps the ticked ones by their text.
 */
class MineChecks extends HTMLElement {
  #stop = new AbortController();

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
  }
}

customElements.define('mine-checks', MineChecks);

function wordsOf(box: HTMLInputElement): string {
  return box.closest('label')?.textContent.trim().slice(0, LONGEST.tick) ?? '';
}
