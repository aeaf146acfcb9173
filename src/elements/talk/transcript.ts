import { indexAt, secondOfSentence, sentenceStart } from './timeline.ts';

/** The distance, in screens, beyond which scrolling is instant. */
const FAR = 3;

/** The lines of a talk's transcript: marks the current one, keeps it in view, and maps clicks to seconds. */
export class Transcript {
  readonly #lines: HTMLElement[];
  readonly #starts: number[];
  #current: HTMLElement | undefined;

  constructor(article: Element) {
    this.#lines = [...article.querySelectorAll<HTMLElement>('.line[data-start]')];
    this.#starts = this.#lines.map(({ dataset }) => Number(dataset.start));
  }

  /** Marks the line spoken at `time`, in seconds; returns whether it is a different one than before. */
  mark(time: number): boolean {
    const line = this.#lines[indexAt(this.#starts, time)];
    if (line === this.#current) return false;
    this.#current?.removeAttribute('aria-current');
    line?.setAttribute('aria-current', 'true');
    this.#current = line;
    return true;
  }

  /** The second of the sentence that was clicked; undefined for a click outside of lines. */
  secondAt(event: MouseEvent, duration: number): number | undefined {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('.line') : null;
    const index = line ? this.#lines.indexOf(line) : -1;
    const start = this.#starts[index];
    if (!line || start === undefined) return undefined;
    const end = this.#starts[index + 1] ?? (Number.isFinite(duration) ? duration : undefined);
    return secondOfSentence(start, end, shareBefore(line.querySelector('.line-text'), event));
  }

  /** Whether any part of the marked line is on the screen. */
  isInSight(): boolean {
    const box = this.#current?.getBoundingClientRect();
    return box !== undefined && box.bottom > 0 && box.top < innerHeight;
  }

  /** Scrolls to the marked line, but only when it leaves the comfortable part of the screen. */
  keepInSight(): void {
    const box = this.#current?.getBoundingClientRect();
    if (box && (box.top < innerHeight * 0.1 || box.bottom > innerHeight * 0.7)) this.show();
  }

  /** Scrolls the marked line to the middle of the screen; from afar without animation, which would take too long. */
  show(): void {
    const distance = Math.abs(this.#current?.getBoundingClientRect().top ?? 0);
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || distance > FAR * innerHeight;
    this.#current?.scrollIntoView({ block: 'center', behavior: isStill ? 'instant' : 'smooth' });
  }
}

/** The share of a text before the clicked sentence, 0 to 1. */
function shareBefore(text: Element | null, { clientX, clientY }: MouseEvent): number {
  const caret = caretAt(clientX, clientY);
  if (!text || !caret || !text.contains(caret.node)) return 0;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(caret.node, caret.offset);
  const whole = text.textContent;
  return sentenceStart(whole, before.toString().length) / Math.max(1, whole.length);
}

/** The text position at a point of the window. WebKit and older Chromium know only the second method. */
function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
