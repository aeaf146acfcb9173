import { stops, type Stop } from '../elements/talk/stops.ts';
import { formatTime } from '../model/time.ts';
import { addressOf } from './link.ts';
import type { Piece } from './log.ts';
import { follow } from './store.ts';
import { mineTexts } from './texts.ts';

interface Begun {
  id: string;
  piece: Piece;
  /** Where the reader stopped listening to a talk. */
  stop: Stop | undefined;
  when: number;
}

/**
 * `<mine-continue>`: shows the piece that was last read or heard and not finished, in place of the suggestion for
 * newcomers. It has the same height, so that nothing moves.
 */
class MineContinue extends HTMLElement {
  readonly #texts = mineTexts;
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    follow(({ pieces }) => {
      const begun = [...pieces].flatMap(([id, piece]) => begunOf(id, piece, stops()[id]));
      const [last] = begun.sort((a, b) => b.when - a.when);
      if (last) this.#show(last);
    }, this.#stop.signal);
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #show({ id, piece, stop }: Begun): void {
    const { heard, listen, read } = this.#texts;
    const say = (name: string, text: string) => {
      this.querySelector(`[data-${name}]`)!.textContent = text;
    };
    this.querySelector('a')!.href = stop ? `${addressOf(id)}#t=${stop.at}` : addressOf(id, piece.place?.id);
    say('label', stop ? listen : this.#texts.continue);
    say('title', piece.title);
    say('note', stop ? heard(formatTime(stop.at)) : piece.place?.share ? read(piece.place.share) : '');
  }
}

customElements.define('mine-continue', MineContinue);

function begunOf(id: string, piece: Piece, stop: Stop | undefined): Begun[] {
  const { opened, finished, place } = piece;
  const isUnread = opened !== undefined && finished === undefined && (place?.share ?? 0) < 1;
  return isUnread || stop ? [{ id, piece, stop, when: Math.max(opened ?? 0, stop?.when ?? 0) }] : [];
}
