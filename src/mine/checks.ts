import { LONGEST } from './log.ts';
import { changePiece, countToday, follow } from './store.ts';

/** `<mine-checks data-piece data-title>`: makes the tasks of its article tickable and keeps what is ticked, by its words. */
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
      // Boxes that the writer ticked stay so until the reader says otherwise.
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
