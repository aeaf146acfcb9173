import { formatTime } from '../../model/time.ts';
import { indexAt } from './timeline.ts';

/** A change of the time by at least this many seconds is a jump and not playback. */
const STEP = 3;

/** The player's view: the controls that Player.astro puts at the foot of the page, and its panel of chapters. */
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
  /** A notice shown in place of the chapter's title. */
  notice = '';
  /** Whether the listener is dragging the slider, which then does not follow the recording. */
  isSeeking = false;
  readonly #host: HTMLElement;
  readonly #chapters: HTMLElement[];
  readonly #starts: number[];
  readonly #title: HTMLElement;
  readonly #elapsed: HTMLElement;
  readonly #remaining: HTMLElement;
  readonly #rateNow: HTMLElement;
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
    this.#rateNow = one('[data-rate-now]');
    this.#sleepLeft = one('[data-sleep-left]');
    this.#asks = one('[data-asks]');
    this.#chapters = [...host.querySelectorAll<HTMLElement>('[data-jump]')];
    this.#starts = this.#chapters.map(({ dataset }) => Number(dataset.jump));
  }

  /** The start, in seconds, of the chapter `by` chapters after the one at `second`; undefined past the last. */
  chapterStart(second: number, by: number): number | undefined {
    return this.#starts[Math.max(0, indexAt(this.#starts, second) + by)];
  }

  showPaused(isPaused: boolean): void {
    this.#host.toggleAttribute('data-playing', !isPaused);
    this.#labelPlay();
  }

  /** Shows or hides that the browser requires a tap before it plays, and the time from which it then plays. */
  showAsking(isAsking: boolean): void {
    this.#host.toggleAttribute('data-asking', isAsking);
    this.#showChapter(this.#second);
    this.#labelPlay();
  }

  showWaiting(isWaiting: boolean): void {
    this.#host.toggleAttribute('data-waiting', isWaiting);
  }

  /**
   * @param second - current time in seconds
   * @param duration - in seconds
   * @param minutesLeft - until the sleep timer stops the recording
   */
  showTime(second: number, duration: number, minutesLeft?: number): void {
    const { slider } = this;
    // A screen reader announces each change of the focused slider, which would talk over the recording every second.
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

  /** @param rate - as chosen in the panel, which a phone shows only on demand; so it is also beside the time */
  showRate(rate: string): void {
    this.rate.value = rate;
    this.#rateNow.textContent = `${rate}×`;
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
    // The time may become known only after the browser has refused to play.
    const asks = this.#isAsking ? label : '';
    if (this.#asks.textContent !== asks) this.#asks.textContent = asks;
  }

  get #isAsking(): boolean {
    return this.#host.hasAttribute('data-asking');
  }

  /** The text `从 12:34 开始`. */
  get #from(): string {
    return (this.#host.dataset.tapFrom ?? '').replace('{}', formatTime(this.#second));
  }
}
