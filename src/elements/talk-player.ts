interface Timed {
  /** Seconds. */
  start: number;
  element: HTMLElement;
}

/**
 * The player of a talk and its transcript: chapters jump, a line of the transcript (`.line[data-start]`) plays from its
 * second and is marked while it is being said, and `#t=754` in the address leads to that second. Built around an
 * `<audio controls>`, which works alone where scripts don't run. A talk without a recording has no audio in it; times in
 * the address then lead to their line.
 */
class TalkPlayer extends HTMLElement {
  readonly #stop = new AbortController();
  #audio: HTMLAudioElement | null = null;
  #back: HTMLButtonElement | null = null;
  #lines: Timed[] = [];
  #chapters: Timed[] = [];
  #current: HTMLElement | undefined;

  connectedCallback(): void {
    const article = this.closest('article');
    if (!article) return;
    const { signal } = this.#stop;
    this.#audio = this.querySelector('audio');
    this.#back = this.querySelector('[data-back]');
    this.#lines = timed(article.querySelectorAll<HTMLElement>('.line[data-start]'), 'start');
    this.#chapters = timed(this.querySelectorAll<HTMLElement>('[data-jump]'), 'jump');

    if (this.#audio) {
      article.classList.add('with-player');
      this.#audio.addEventListener('timeupdate', () => this.#follow(), { signal });
      this.#audio.addEventListener('seeked', () => this.#follow(), { signal });
      addEventListener('scroll', () => this.#offerWayBack(), { signal, passive: true });
      this.#back?.addEventListener('click', () => this.#showCurrent(), { signal });
    }
    article.addEventListener('click', (event) => this.#click(event), { signal });
    addEventListener('hashchange', () => this.#goToAddress(), { signal });
    this.#goToAddress();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  /** A click on a line, a chapter or a time. Following another link or selecting text is none. */
  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element) || getSelection()?.isCollapsed === false) return;
    const link = event.target.closest('a');
    const time = link ? secondsOf(link.hash) : undefined;
    if (link && time === undefined) return;
    const line = event.target.closest<HTMLElement>('.line[data-start]');
    const start = time ?? (line && this.#audio ? Number(line.dataset.start) : undefined);
    if (start === undefined) return;
    event.preventDefault();
    if (link) history.replaceState(history.state, '', link.hash);
    this.#play(start);
    if (!line) this.#showCurrent();
  }

  #play(start: number): void {
    this.#mark(start);
    if (!this.#audio) return;
    this.#audio.currentTime = start;
    void this.#audio.play().catch(() => {
      // The browser wants a tap on its own button first; the position is set.
    });
  }

  /** Follows `#t=754`: sets the position and shows the line, and leaves it to the listener to start. */
  #goToAddress(): void {
    const start = secondsOf(location.hash);
    if (start === undefined) return;
    const audio = this.#audio;
    if (audio && audio.readyState > 0) audio.currentTime = start;
    else audio?.addEventListener('loadedmetadata', () => (audio.currentTime = start), { once: true });
    this.#mark(start);
    this.#showCurrent();
  }

  #follow(): void {
    // A quarter of a second ahead: browsers report the time four times a second.
    if (this.#audio) this.#mark(this.#audio.currentTime + 0.25);
    this.#offerWayBack();
  }

  #mark(time: number): void {
    const line = at(this.#lines, time);
    if (line !== this.#current) {
      this.#current?.removeAttribute('aria-current');
      line?.setAttribute('aria-current', 'true');
      this.#current = line;
    }
    const chapter = at(this.#chapters, time);
    for (const { element } of this.#chapters) {
      if (element === chapter) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
    const name = this.querySelector('[data-current-chapter]');
    if (name && chapter) name.textContent = chapter.dataset.title ?? '';
  }

  #showCurrent(): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#current?.scrollIntoView({ block: 'center', behavior: isStill ? 'instant' : 'smooth' });
  }

  /** Shows the button that leads back while the line being said is out of sight. */
  #offerWayBack(): void {
    if (!this.#back || !this.#audio) return;
    const box = this.#current?.getBoundingClientRect();
    const isAway = box !== undefined && (box.bottom < 0 || box.top > innerHeight);
    this.#back.hidden = this.#audio.paused || !isAway;
  }
}

function timed(elements: Iterable<HTMLElement>, name: string): Timed[] {
  return Array.from(elements, (element) => ({ start: Number(element.dataset[name]), element }));
}

/** The last of the elements that begins at or before a time. */
function at(elements: Timed[], time: number): HTMLElement | undefined {
  return elements.findLast(({ start }) => start <= time)?.element;
}

/** Seconds of `#t=754` or of a line's own `#t-754`. */
function secondsOf(hash: string): number | undefined {
  const seconds = /^#t[=-](\d+(?:\.\d+)?)/.exec(hash)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

customElements.define('talk-player', TalkPlayer);
