/**
 * The player of a talk and its transcript: chapters jump, a line of the transcript (`[data-start]`) plays from its
 * second and is marked while it is being said, and `#t=754` in the address leads to that second. Built around an
 * `<audio controls>`, which works alone where scripts don't run.
 */
class TalkPlayer extends HTMLElement {
  readonly #lines: { start: number; element: HTMLElement }[] = [];
  readonly #jumps: { start: number; element: HTMLElement }[] = [];
  readonly #stop = new AbortController();
  #audio!: HTMLAudioElement;
  #current: HTMLElement | undefined;

  connectedCallback(): void {
    const audio = this.querySelector('audio');
    const article = this.closest('article');
    if (!audio || !article) return;
    this.#audio = audio;
    for (const element of article.querySelectorAll<HTMLElement>('.line[data-start]')) {
      this.#lines.push({ start: Number(element.dataset.start), element });
    }
    for (const element of this.querySelectorAll<HTMLElement>('[data-jump]')) {
      this.#jumps.push({ start: Number(element.dataset.jump), element });
    }
    article.classList.add('with-player');

    const { signal } = this.#stop;
    article.addEventListener('click', (event) => this.#click(event), { signal });
    audio.addEventListener('timeupdate', () => this.#follow(), { signal });
    audio.addEventListener('seeked', () => this.#follow(), { signal });
    addEventListener('hashchange', () => this.#goToAddress(), { signal });
    this.#back?.addEventListener('click', () => this.#scrollToCurrent(), { signal });
    addEventListener('scroll', () => this.#offerWayBack(), { signal, passive: true });
    this.#goToAddress();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  get #back(): HTMLButtonElement | null {
    return this.querySelector('[data-back]');
  }

  /** A click on a line, a chapter or a time. Selecting text or following a link in a line is none. */
  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element) || getSelection()?.isCollapsed === false) return;
    const link = event.target.closest('a');
    const time = link && secondsOf(link.hash);
    if (link && time === null) return;
    const line = event.target.closest<HTMLElement>('.line[data-start]');
    const start = time ?? (line ? Number(line.dataset.start) : null);
    if (start === null) return;
    event.preventDefault();
    if (link) history.replaceState(history.state, '', link.hash);
    this.#play(start);
    if (!line) this.#scrollToCurrent();
  }

  #play(start: number): void {
    this.#audio.currentTime = start;
    this.#mark(start);
    void this.#audio.play().catch(() => {
      // The browser wants a tap on its own button first; the position is set.
    });
  }

  /** Follows `#t=754`: sets the position and shows the line, and leaves it to the listener to start. */
  #goToAddress(): void {
    const start = secondsOf(location.hash);
    if (start === null) return;
    const seek = (): void => {
      this.#audio.currentTime = start;
    };
    if (this.#audio.readyState > 0) seek();
    else this.#audio.addEventListener('loadedmetadata', seek, { once: true, signal: this.#stop.signal });
    this.#mark(start);
    this.#scrollToCurrent();
  }

  #follow(): void {
    // A quarter of a second early: browsers report the time four times a second.
    this.#mark(this.#audio.currentTime + 0.25);
    this.#offerWayBack();
  }

  #mark(time: number): void {
    const line = this.#lines.findLast(({ start }) => start <= time)?.element;
    if (line !== this.#current) {
      this.#current?.removeAttribute('aria-current');
      line?.setAttribute('aria-current', 'true');
      this.#current = line;
    }
    const chapter = this.#jumps.findLast(({ start }) => start <= time)?.element;
    for (const { element } of this.#jumps) {
      if (element === chapter) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
    const name = this.querySelector('[data-current-chapter]');
    if (name && chapter) name.textContent = chapter.dataset.title ?? '';
  }

  #scrollToCurrent(): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#current?.scrollIntoView({ block: 'center', behavior: isStill ? 'instant' : 'smooth' });
  }

  /** Shows the button that leads back when the line being said is out of sight. */
  #offerWayBack(): void {
    if (!this.#back) return;
    const box = this.#current?.getBoundingClientRect();
    const isAway = box !== undefined && (box.bottom < 0 || box.top > innerHeight);
    this.#back.hidden = this.#audio.paused || !isAway;
  }
}

/** Seconds of `#t=754` or of a line's own `#t-754`; `null` where a fragment names none. */
function secondsOf(hash: string): number | null {
  const seconds = /^#t[=-](\d+(?:\.\d+)?)/.exec(hash)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

customElements.define('talk-player', TalkPlayer);
