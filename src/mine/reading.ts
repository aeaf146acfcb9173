import { changePiece, countToday } from './store.ts';

/** Milliseconds in view, or heard, until a visit is recorded at all, and until it counts as a day of reading. */
const GLANCE = 10_000;
const READ = 30_000;
/** Milliseconds between two saves of the place while the reader scrolls. */
const PAUSE = 2000;

/**
 * `<mine-reading data-piece data-title>` in an article: records when it was read, how far, and whether to the end. A
 * short glance is not recorded.
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
    // These events do not bubble.
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

  /** Counts time only while the page is visible, or its recording plays, as with the phone in a pocket. */
  #watch(): void {
    clearTimeout(this.#timer);
    const isHeard = [...(this.#article?.querySelectorAll('audio') ?? [])].some(({ paused }) => !paused);
    if (document.visibilityState === 'hidden') {
      if (!isHeard) {
        this.#leave();
        return;
      }
      // Save now: the page may end without another event.
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
    // Checked here too, because the timer may fire late, after the reader has left.
    if (this.#time() >= READ) countToday();
    const { piece = '', title = '' } = this.dataset;
    const box = text.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (innerHeight - box.top) / Math.max(1, box.height)));
    const isAtEnd = box.bottom <= innerHeight + 40;
    changePiece(piece, title, (known) => ({
      ...known,
      opened: Date.now(),
      // A reader who only reopened it, without scrolling, keeps the old place.
      ...((this.#hasMoved || !known.place) && { place: { share: round(share), id: placeIn(text) } }),
      ...(isAtEnd && !known.finished && { finished: Date.now() }),
    }));
  }
}

customElements.define('mine-reading', MineReading);

/** The id of the element a third down the window, or of the nearest element with an id before it; '' for none. */
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
