import { megabytes } from '../../text/megabytes.ts';
import { announce } from '../../elements/dom.ts';
import { askToPersist } from './device.ts';
import { addKept, canKeep, readKept, removeKept } from './kept.ts';
import { dropPages, NotKept, takePages } from './take.ts';

/**
 * `<take-along data-pages='["/talks/a/"]'>`: keeps pages on this device with all their media. Its `data-state` is idle,
 * taking, taken, offline or full (both failures), or unable (without a worker).
 */
class TakeAlong extends HTMLElement {
  private stop = new AbortController();

  connectedCallback(): void {
    this.on('take', () => void this.take());
    this.on('stop', () => this.stop.abort());
    this.on('drop', () => void this.drop());
    this.show();
  }

  disconnectedCallback(): void {
    this.stop.abort();
  }

  private show(): void {
    const kept = readKept().find(({ pages }) => pages[0] === this.pages[0]);
    this.turn(!canKeep() ? 'unable' : kept ? 'taken' : 'idle');
    if (kept) this.say('size', megabytes(kept.bytes, 1));
  }

  /** Changes the state. If the focus was inside, moves it to the button that is shown now, and announces its text. */
  private turn(state: string): void {
    const isTheirs = this.contains(document.activeElement);
    this.dataset.state = state;
    if (!isTheirs) return;
    this.querySelector<HTMLElement>(`.${state} button`)?.focus();
    announce(this.querySelector(`.${state} span`)?.textContent ?? '');
  }

  private async take(): Promise<void> {
    this.stop = new AbortController();
    this.turn('taking');
    this.onProgress(0, 0);
    // Asked for now, because browsers decide by how much the user engages with the site.
    void askToPersist();
    try {
      const { bytes } = await takePages(this.pages, this.stop.signal, this.onProgress);
      // What is not on the list would soon make room for other media.
      if (!addKept({ pages: this.pages, bytes })) throw new NotKept('full');
      this.show();
    } catch (error) {
      if (error instanceof NotKept) this.turn(error.reason);
      else this.show();
    }
  }

  private async drop(): Promise<void> {
    removeKept(this.pages[0]!);
    // A piece may have been taken along both by itself and with its series.
    const needed = new Set(readKept().flatMap(({ pages }) => pages));
    const dropped = this.pages.filter((page) => !needed.has(page));
    await dropPages(dropped, [...needed]).catch(() => undefined);
    this.show();
  }

  private readonly onProgress = (share: number, bytes: number): void => {
    this.querySelector('progress')!.value = share;
    this.say('progress', megabytes(bytes, 1));
  };

  private say(what: string, text: string): void {
    this.querySelector(`[data-${what}]`)!.textContent = text;
  }

  private on(action: string, act: () => void): void {
    for (const button of this.querySelectorAll(`[data-do=${action}]`)) button.addEventListener('click', act);
  }

  private get pages(): string[] {
    return JSON.parse(this.dataset.pages ?? '[]') as string[];
  }
}

customElements.define('take-along', TakeAlong);
