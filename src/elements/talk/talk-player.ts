import { formatTime } from '../../model/time.ts';
import { copyText } from '../copy.ts';
import { Dock } from './dock.ts';
import { offerControls, SKIP, tellPosition } from './media-session.ts';
import { keepRate, keptRate } from './rate.ts';
import { SleepTimer } from './sleep-timer.ts';
import { keepStop, stops } from './stops.ts';
import { playFrom, secondsOf } from './timeline.ts';
import { Transcript } from './transcript.ts';

/** Milliseconds between two saves of the position while playing. */
const NOTE = 5000;
/** Seconds that an arrow key moves along the recording. */
const ARROWS: Record<string, number> = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 };

type On = (target: EventTarget, type: string, listener: (event: never) => void) => void;

/**
 * `<talk-player>`: the player of a talk with a recording, linked to the transcript. A tap on a sentence plays it; the
 * current line is marked, and kept in view while the reader stays with it; `#t=754` in the address goes to that second.
 * Its markup and texts are in Player.astro.
 */
class TalkPlayer extends HTMLElement {
  #stop = new AbortController();
  readonly #sleep = new SleepTimer();
  #dock!: Dock;
  #audio!: HTMLAudioElement;
  #transcript!: Transcript;
  #entry = '';
  /** When the position was last saved, in milliseconds since 1970; undefined before it was played here. */
  #noted: number | undefined;
  /** Whether there is audio data for the current position; before that, only a start position can be set. */
  #hasBegun = false;
  /** That start position, in seconds. */
  #start: number | undefined;

  connectedCallback(): void {
    this.#stop = new AbortController();
    const article = this.closest<HTMLElement>('article[data-entry]');
    if (!article) return;
    this.#dock = new Dock(this);
    this.#audio = this.#dock.audio;
    this.#hasBegun = this.#audio.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    this.#entry = article.dataset.entry!;
    this.#transcript = new Transcript(article);
    // Lets the styles make room for the dock and show that lines can be tapped.
    document.documentElement.dataset.listening = '';
    const on: On = (target, type, listener) => {
      target.addEventListener(type, listener as EventListener, { signal: this.#stop.signal });
    };
    this.#listenToAudio(on);
    this.#listenToDock(on);
    on(window, 'pagehide', () => this.#note());
    // A position saved after a log out would stay in the browser.
    on(document, 'gate:leaving', () => {
      this.#audio.pause();
      this.#noted = undefined;
    });
    on(window, 'hashchange', () => this.#goToAddress());
    on(window, 'scroll', () => this.#offerWayBack());
    on(article, 'click', (event: MouseEvent) => this.#clickInTalk(event));
    this.#setRate(keptRate());
    this.#begin();
    this.#offerControls();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
    // A document that is about to be written anew has no elements any more.
    document.querySelector('html')?.removeAttribute('data-listening');
  }

  #listenToAudio(on: On): void {
    const audio = this.#audio;
    on(audio, 'play', () => {
      this.#noted ??= Date.now();
      this.#dock.notice = '';
      this.#dock.showAsking(false);
    });
    for (const type of ['play', 'pause', 'ratechange', 'durationchange', 'seeked']) {
      on(audio, type, () => this.#showState());
    }
    for (const type of ['pause', 'ended']) on(audio, type, () => this.#note());
    on(audio, 'emptied', () => (this.#hasBegun = false));
    on(audio, 'loadeddata', () => this.#holdStart());
    on(audio, 'timeupdate', () => this.#follow());
    on(audio, 'waiting', () => this.#dock.showWaiting(true));
    on(audio, 'playing', () => this.#dock.showWaiting(false));
    on(audio, 'error', () => {
      // Not every browser pauses by itself, and the next tap must start again.
      audio.pause();
      this.#dock.showWaiting(false);
      this.#dock.notice = this.dataset.failed!;
      dispatchEvent(new Event('gate:failed'));
      this.#showTime(audio.currentTime);
    });
  }

  #listenToDock(on: On): void {
    const dock = this.#dock;
    const { slider, sleep, rate } = dock;
    on(dock.play, 'click', () => {
      if (this.#audio.paused) this.#play();
      else this.#audio.pause();
    });
    on(dock.backward, 'click', () => this.#skip(-SKIP));
    on(dock.forward, 'click', () => this.#skip(SKIP));
    on(slider, 'input', () => {
      dock.isSeeking = true;
      this.#showTime(slider.valueAsNumber);
    });
    on(slider, 'change', () => {
      dock.isSeeking = false;
      this.#seek(slider.valueAsNumber);
    });
    on(slider, 'keydown', (event: KeyboardEvent) => {
      const by = ARROWS[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.#skip(by);
    });
    on(dock.panelButton, 'click', () => dock.togglePanel());
    on(this, 'keydown', (event: KeyboardEvent) => {
      if (event.key === 'Escape' && dock.isOpen) dock.togglePanel();
    });
    on(document, 'click', (event: MouseEvent) => {
      if (dock.isOpen && event.target instanceof Node && !this.contains(event.target)) dock.togglePanel();
    });
    on(rate, 'change', () => this.#setRate(rate.value));
    on(sleep, 'change', () => {
      this.#setSleep();
      this.#showState();
    });
    on(dock.copyTime, 'click', () => {
      const address = new URL(location.href);
      address.hash = `t=${Math.floor(this.#audio.currentTime)}`;
      void copyText(address.href, dock.copyTime);
    });
    on(dock.wayBack, 'click', () => this.#transcript.show());
  }

  #offerControls(): void {
    const audio = this.#audio;
    const { name = '', speakers = '', album = '', artwork = '' } = this.dataset;
    const metadata: MediaMetadataInit = {
      title: name,
      artist: speakers,
      album,
      artwork: [{ src: artwork, sizes: '512x512', type: 'image/png' }],
    };
    offerControls(metadata, {
      play: () => this.#play(),
      pause: () => audio.pause(),
      skip: (by) => this.#skip(by),
      seek: (to) => this.#seek(to),
      chapter: (by) => this.#seek(this.#dock.chapterStart(audio.currentTime, by) ?? this.#duration),
    });
  }

  /** Sets the position to the time in the address, else to where the listener stopped, without playing. */
  #begin(): void {
    const stop = stops()[this.#entry];
    if (secondsOf(location.hash) !== undefined) this.#goToAddress();
    else if (stop) {
      this.#dock.notice = this.dataset.resume!.replace('{}', formatTime(stop.at));
      this.#setTime(stop.at);
    } else this.#showState();
  }

  /**
   * Follows `#t=754`: sets the position and shows the line, but does not play. Only a search result's `#t=754&play=760`
   * plays immediately, because the listener clicked on it. `play` is then removed, so that a reload doesn't play.
   */
  #goToAddress(): void {
    const { hash } = location;
    const second = secondsOf(hash);
    if (second === undefined) return;
    const from = playFrom(hash);
    this.#setTime(from ?? second);
    this.#transcript.show();
    if (from === undefined) return;
    history.replaceState(history.state, '', `#t=${second}`);
    this.#play();
  }

  /** Handles a click on a line, a chapter or a time, but not on another link, and not one that selects text. */
  #clickInTalk(event: MouseEvent): void {
    if (!(event.target instanceof Element) || getSelection()?.isCollapsed === false) return;
    const link = event.target.closest('a');
    if (!link && event.target.closest('button, summary, input, select, label')) return;
    const isHere = link?.pathname === location.pathname;
    const second = link
      ? secondsOf(isHere ? link.hash : '')
      : this.#transcript.secondAt(event, this.#audio.duration);
    if (second === undefined) return;
    event.preventDefault();
    if (link) history.replaceState(history.state, '', link.hash);
    if (this.#dock.isOpen) this.#dock.togglePanel();
    this.#seek(second);
    this.#play();
    if (link) this.#transcript.show();
  }

  #play(): void {
    if (this.#audio.error) {
      const second = this.#audio.currentTime;
      this.#audio.load();
      this.#setTime(second);
    }
    this.#audio.play().catch((error: unknown) => {
      // The browser may require a tap in this page first. All other failures fire an error event.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#dock.showAsking(true);
    });
  }

  #skip(by: number): void {
    this.#seek(this.#audio.currentTime + by);
  }

  /** Goes to a second within the recording. */
  #seek(to: number): void {
    this.#setTime(Math.max(0, Math.min(to, this.#duration)));
    // The chapter's end may be a different one now.
    if (this.#dock.sleep.value === 'chapter') this.#setSleep();
  }

  /** Sets the position. A recording not loaded yet will start there (HTML's default playback start position). */
  #setTime(second: number): void {
    this.#start = this.#hasBegun ? undefined : second;
    this.#audio.currentTime = second;
    this.#transcript.mark(second);
    this.#showTime(second);
  }

  /** Restores the start position, which WebKitGTK sometimes loses while the recording loads. */
  #holdStart(): void {
    const start = this.#start;
    this.#hasBegun = true;
    this.#start = undefined;
    if (start !== undefined && Math.abs(this.#audio.currentTime - start) > 1) this.#audio.currentTime = start;
  }

  #setRate(rate: string): void {
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = Number(rate);
    this.#dock.showRate(rate);
    keepRate(rate);
  }

  #setSleep(): void {
    const chapterEnd = this.#dock.chapterStart(this.#audio.currentTime, 1) ?? this.#duration;
    this.#sleep.set(this.#dock.sleep.value, chapterEnd);
  }

  #follow(): void {
    const { currentTime, paused, seeking } = this.#audio;
    if (seeking) return;
    if (!paused && this.#sleep.isOver(currentTime)) {
      this.#dock.sleep.value = '';
      this.#audio.pause();
    }
    const wasInSight = this.#transcript.isInSight();
    // A quarter of a second ahead, because browsers fire timeupdate four times a second.
    const isNext = this.#transcript.mark(currentTime + 0.25);
    const isBusy = getSelection()?.isCollapsed === false || this.#dock.isOpen;
    if (isNext && wasInSight && !paused && !isBusy) this.#transcript.keepInSight();
    if (!this.#dock.isSeeking) this.#showTime(currentTime);
    if (Date.now() - (this.#noted ?? 0) > NOTE && !paused) this.#note();
    this.#offerWayBack();
  }

  #note(): void {
    // A recording that has not loaded has no position to save.
    if (this.#noted === undefined || this.#audio.readyState === 0) return;
    this.#noted = Date.now();
    const { currentTime, ended } = this.#audio;
    keepStop(this.#entry, ended ? this.#duration : currentTime, this.#duration);
  }

  #showState(): void {
    this.#dock.showPaused(this.#audio.paused);
    this.#showTime(this.#audio.currentTime);
    tellPosition(this.#audio);
    this.#offerWayBack();
  }

  #showTime(second: number): void {
    this.#dock.showTime(second, this.#duration, this.#sleep.minutesLeft);
  }

  /** Shows the button that scrolls back to the current line while that is out of view. */
  #offerWayBack(): void {
    this.#dock.wayBack.hidden = this.#audio.paused || this.#transcript.isInSight();
  }

  /** Duration in seconds: of the recording, else from the talk's front matter. */
  get #duration(): number {
    const { duration } = this.#audio;
    return Number.isFinite(duration) && duration > 0 ? duration : Number(this.dataset.duration ?? 0);
  }
}

customElements.define('talk-player', TalkPlayer);
