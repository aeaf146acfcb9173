import { addressOf } from './link.ts';
import type { Piece } from './log.ts';
import { follow } from './store.ts';
import { mineTexts } from './texts.ts';

/**
 * `<mine-continue>`: what was last read and not to the end, in the place of what newcomers are shown. Of the same height,
 * so that nothing moves.
 */
class MineContinue extends HTMLElement {
  readonly #texts = mineTexts();
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const link = this.querySelector('a');
    if (!link) return;
    follow(({ pieces }) => {
      const last = [...pieces].filter(([, piece]) => isUnfinished(piece)).sort(byOpened)[0];
      if (!last) return;
      const [id, piece] = last;
      link.href = addressOf(id, piece.place?.id);
      const label = this.querySelector('[data-label]');
      const note = this.querySelector('[data-note]');
      this.querySelector('[data-title]')!.textContent = piece.title;
      if (label) label.textContent = this.#texts.continue;
      if (note) note.textContent = piece.place ? this.#texts.read(piece.place.share) : '';
    }, this.#stop.signal);
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }
}

customElements.define('mine-continue', MineContinue);

function isUnfinished({ opened, finished, place }: Piece): boolean {
  return opened !== undefined && finished === undefined && (place?.share ?? 0) < 1;
}

function byOpened([, a]: [string, Piece], [, b]: [string, Piece]): number {
  return (b.opened ?? 0) - (a.opened ?? 0);
}
