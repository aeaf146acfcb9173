/** `<contents-spy>`: marks the link in a table of contents whose section is being read. */
class ContentsSpy extends HTMLElement {
  #stop = new AbortController();
  #parts: { link: HTMLAnchorElement; target: HTMLElement }[] = [];
  #isWaiting = false;

  connectedCallback(): void {
    this.#stop = new AbortController();
    this.#parts = [...this.querySelectorAll('a')].flatMap((link) => {
      const target = document.getElementById(link.hash.slice(1));
      return target ? [{ link, target }] : [];
    });
    const { signal } = this.#stop;
    addEventListener('scroll', () => this.#update(), { signal, passive: true });
    addEventListener('resize', () => this.#update(), { signal });
    this.#update();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  #update(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      // Hidden on phones; skip measuring then.
      if (this.getClientRects().length === 0) return;
      // The section being read is that of the last heading above the lower edge of the window's upper third.
      const line = innerHeight / 3;
      const current = this.#parts.findLast(({ target }) => target.getBoundingClientRect().top <= line);
      for (const part of this.#parts) {
        if (part === current) part.link.setAttribute('aria-current', 'true');
        else part.link.removeAttribute('aria-current');
      }
    });
  }
}

customElements.define('contents-spy', ContentsSpy);
