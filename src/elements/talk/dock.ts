import { formatTime } from '../../model/time.ts';
import { indexAt } from './timeline.ts';

/** Seconds that a recording does not get on by between two looks at it; who moves it moves it further. */
const STEP = 3;

/** What the player shows: the parts that Player.astro puts at the foot of the page, and its panel of chapters. */
export class Dock {
  readonly audio: HTMLAudioElement;
  readonly slider: HTMLInputElement;
  readonly play: HTMLElement;
  readonly backward: HTMLElement;
  readonly forward: HTMLElement;
  readonly panelButton: HTMLElement;
  readonly rate: HTMLSelectElement;
  readonly sleep: HTMLSelectElement;
  readonly copyTime: HTMLElement;
  readonly wayBack: HTMLElement;
  /** Said in the place of the chapter. */
  notice = '';
  /** The listener has the slider in hand: it does not follow the recording. */
  isSeeking = false;
  readonly #host: HTMLElement;
  readonly #chapters: HTMLElement[];
  readonly #starts: number[];
  readonly #title: HTMLElement;
  readonly #elapsed: HTMLElement;
  readonly #remaining: HTMLElement;
  readonly #sleepLeft: HTMLElement;
  readonly #asks: HTMLElement;
  #second = 0;

  constructor(host: HTMLElement) {
    const one = (selector: string): HTMLElement => host.querySelector<HTMLElement>(selector)!;
    this.#host = host;
    this.audio = host.querySelector('.dock audio')!;
    this.slider = one('[data-seek]') as HTMLInputElement;
    this.play = one('[data-play]');
    this.backward = one('[data-backward]');
    this.forward = one('[data-forward]');
    this.panelButton = one('[data-panel]');
    this.rate = one('[data-rate]') as HTMLSelectElement;
    this.sleep = one('[data-sleep]') as HTMLSelectElement;
    this.copyTime = one('[data-copy-time]');
    this.wayBack = one('[data-back]');
    this.#title = one('[data-current-chapter]');
    this.#elapsed = one('[data-elapsed]');
    this.#remaining = one('[data-remaining]');
    this.#sleepLeft = one('[data-sleep-left]');
    this.#asks = one('[data-asks]');
    this.#chapters = [...host.querySelectorAll<HTMLElement>('[data-jump]')];
    this.#starts = this.#chapters.map(({ dataset }) => Number(dataset.jump));
  }

  /** Where the chapter begins that is `by` chapters away from the one at `second`; undefined past the last. */
  chapterStart(second: number, by: number): number | undefined {
    return this.#starts[Math.max(0, indexAt(this.#starts, second) + by)];
  }

  showPaused(isPaused: boolean): void {
    this.#host.toggleAttribute('data-playing', !isPaused);
    this.#labelPlay();
  }

  /** Says, or no longer says, that the browser wants a tap before it plays, and from where it plays then. */
  showAsking(isAsking: boolean): void {
    this.#host.toggleAttribute('data-asking', isAsking);
    this.#showChapter(this.#second);
    this.#labelPlay();
  }

  showWaiting(isWaiting: boolean): void {
    this.#host.toggleAttribute('data-waiting', isWaiting);
  }

  /** @param minutesLeft - until it stops by itself */
  showTime(second: number, duration: number, minutesLeft?: number): void {
    const { slider } = this;
    // A screen reader says what changes of what has the focus: each second, into what is being said.
    const isOnItsWay =
      this.#host.hasAttribute('data-playing') && !this.isSeeking && Math.abs(second - this.#second) < STEP;
    this.#second = second;
    slider.max = String(Math.ceil(duration));
    if (!this.isSeeking) slider.value = String(second);
    slider.style.setProperty('--played', `${(100 * second) / (duration || 1)}%`);
    if (!isOnItsWay || document.activeElement !== slider) {
      slider.ariaValueText = `${formatTime(second)} / ${formatTime(duration)}`;
    }
    this.#elapsed.textContent = formatTime(second);
    this.#remaining.textContent = `−${formatTime(Math.max(0, duration - second))}`;
    this.#sleepLeft.textContent =
      minutesLeft === undefined ? '' : this.#host.dataset.left!.replace('{}', String(minutesLeft));
    this.#showChapter(second);
    this.#labelPlay();
  }

  togglePanel(): void {
    const isOpen = !this.isOpen;
    this.panelButton.ariaExpanded = String(isOpen);
    this.#host.toggleAttribute('data-open', isOpen);
    if (isOpen) this.#host.querySelector('[data-jump][aria-current]')?.scrollIntoView({ block: 'nearest' });
    else if (this.#host.contains(document.activeElement)) this.panelButton.focus();
  }

  get isOpen(): boolean {
    return this.#host.hasAttribute('data-open');
  }

  #showChapter(second: number): void {
    const now = indexAt(this.#starts, second);
    this.#chapters.forEach((chapter, index) => {
      if (index === now) chapter.setAttribute('aria-current', 'true');
      else chapter.removeAttribute('aria-current');
    });
    const title = this.#chapters[Math.max(0, now)]?.dataset.title ?? this.#host.dataset.name!;
    const text = this.#isAsking ? this.#from : this.notice || title;
    if (this.#title.textContent !== text) this.#title.textContent = text;
  }

  #labelPlay(): void {
    const { play = '', pause = '', tap = '' } = this.#host.dataset;
    const isPlaying = this.#host.hasAttribute('data-playing');
    const label = this.#isAsking ? `${tap} ${this.#from}` : isPlaying ? pause : play;
    if (this.play.ariaLabel !== label) this.play.ariaLabel = label;
    // The second may come after the browser has refused.
    const asks = this.#isAsking ? label : '';
    if (this.#asks.textContent !== asks) this.#asks.textContent = asks;
  }

  get #isAsking(): boolean {
    return this.#host.hasAttribute('data-asking');
  }

  /** `从 12:34 开始` */
  get #from(): string {
    return (this.#host.dataset.tapFrom ?? '').replace('{}', formatTime(this.#second));
  }
}
