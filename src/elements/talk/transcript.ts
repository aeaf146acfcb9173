import { indexAt, secondOfSentence, sentenceStart } from './timeline.ts';

/** Screens. */
const FAR = 3;

/** The lines of a talk in its page: which one is being said, where it is on the screen, and when a tap in it is. */
export class Transcript {
  readonly #lines: HTMLElement[];
  readonly #starts: number[];
  #current: HTMLElement | undefined;

  constructor(article: Element) {
    this.#lines = [...article.querySelectorAll<HTMLElement>('.line[data-start]')];
    this.#starts = this.#lines.map(({ dataset }) => Number(dataset.start));
  }

  /** Marks the line that is said at `time`; true when it is another than before. */
  mark(time: number): boolean {
    const line = this.#lines[indexAt(this.#starts, time)];
    if (line === this.#current) return false;
    this.#current?.removeAttribute('aria-current');
    line?.setAttribute('aria-current', 'true');
    this.#current = line;
    return true;
  }

  /** The second that a click in a line asks for, and undefined for one elsewhere. */
  secondAt(event: MouseEvent, duration: number): number | undefined {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('.line') : null;
    const index = line ? this.#lines.indexOf(line) : -1;
    const start = this.#starts[index];
    if (!line || start === undefined) return undefined;
    const end = this.#starts[index + 1] ?? (Number.isFinite(duration) ? duration : undefined);
    return secondOfSentence(start, end, shareBefore(line.querySelector('.line-text'), event));
  }

  /** Is the marked line on the screen? */
  isInSight(): boolean {
    const box = this.#current?.getBoundingClientRect();
    return box !== undefined && box.bottom > 0 && box.top < innerHeight;
  }

  /** Keeps the marked line where one reads, and moves the page only when the line nears the end of the screen. */
  keepInSight(): void {
    const box = this.#current?.getBoundingClientRect();
    if (box && (box.top < innerHeight * 0.1 || box.bottom > innerHeight * 0.7)) this.show();
  }

  /** Brings the marked line to the middle of the screen; from afar at once, because an hour of talk flies by slowly. */
  show(): void {
    const distance = Math.abs(this.#current?.getBoundingClientRect().top ?? 0);
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || distance > FAR * innerHeight;
    this.#current?.scrollIntoView({ block: 'center', behavior: isStill ? 'instant' : 'smooth' });
  }
}

/** The share of a text that stands before the sentence which was clicked, 0 to 1. */
function shareBefore(text: Element | null, { clientX, clientY }: MouseEvent): number {
  const caret = caretAt(clientX, clientY);
  if (!text || !caret || !text.contains(caret.node)) return 0;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(caret.node, caret.offset);
  const whole = text.textContent;
  return sentenceStart(whole, before.toString().length) / Math.max(1, whole.length);
}

/** Where a text was hit. WebKit and older Chromium know only the second way. */
function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
