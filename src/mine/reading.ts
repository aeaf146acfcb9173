import { changePiece, countToday } from './store.ts';

/** Milliseconds in sight, or heard, until a visit counts as reading. */
const GLANCE = 10_000;
const READ = 30_000;
/** How often the place is kept while one scrolls. */
const PAUSE = 2000;

/**
 * `<mine-reading data-piece data-title>` in an article: keeps when it was read, how far, and whether to the end. A
 * glance leaves no trace.
 */
class MineReading extends HTMLElement {
  #stop = new AbortController();
  #seen = 0;
  #since: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWaiting = false;
  #hasMoved = false;

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    document.addEventListener('visibilitychange', () => this.#watch(), { signal });
    // They do not bubble.
    for (const type of ['play', 'pause']) {
      this.#article?.addEventListener(type, () => this.#watch(), { signal, capture: true });
    }
    addEventListener('pagehide', () => this.#leave(), { signal });
    addEventListener('scroll', () => this.#scrolled(), { signal, passive: true });
    this.#watch();
  }

  disconnectedCallback(): void {
    this.#leave();
    this.#stop.abort();
  }

  get #article(): HTMLElement | null {
    return this.closest('article');
  }

  /** Counts time only while the page is in sight, or heard: with the phone in a pocket. */
  #watch(): void {
    clearTimeout(this.#timer);
    const isHeard = [...(this.#article?.querySelectorAll('audio') ?? [])].some(({ paused }) => !paused);
    if (document.visibilityState === 'hidden') {
      if (!isHeard) {
        this.#leave();
        return;
      }
      // Nobody may be told when the page ends.
      this.#keep();
    }
    this.#since ??= performance.now();
    const next = [GLANCE, READ].find((time) => time > this.#time());
    if (next === undefined) return;
    this.#timer = setTimeout(() => {
      this.#keep();
      this.#watch();
    }, next - this.#time());
  }

  #time(): number {
    return this.#seen + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#seen = this.#time();
    this.#since = undefined;
    this.#keep();
  }

  #scrolled(): void {
    this.#hasMoved = true;
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      this.#keep();
    }, PAUSE);
  }

  #keep(): void {
    const text = this.#article?.querySelector('.text');
    if (!text || this.#time() < GLANCE || !this.isConnected) return;
    // Not by the timer alone: it may come late, when the reader has gone already.
    if (this.#time() >= READ) countToday();
    const { piece = '', title = '' } = this.dataset;
    const box = text.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (innerHeight - box.top) / Math.max(1, box.height)));
    const isAtEnd = box.bottom <= innerHeight + 40;
    changePiece(piece, title, (known) => ({
      ...known,
      opened: Date.now(),
      // Whoever only opened it again is still where they were.
      ...((this.#hasMoved || !known.place) && { place: { share: round(share), id: placeIn(text) } }),
      ...(isAtEnd && !known.finished && { finished: Date.now() }),
    }));
  }
}

customElements.define('mine-reading', MineReading);

/** The id of the element in the upper third of the window, or of the nearest before it. */
function placeIn(text: Element): string {
  const { left, width } = text.getBoundingClientRect();
  let at = document.elementFromPoint(left + width / 2, innerHeight / 3);
  while (at && text.contains(at) && at !== text) {
    for (let one: Element | null = at; one; one = one.previousElementSibling) {
      const named = one.id ? one : [...one.querySelectorAll('[id]')].at(-1);
      if (named) return named.id;
    }
    at = at.parentElement;
  }
  return '';
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
