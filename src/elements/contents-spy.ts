/** Marks the link of a table of contents whose part of the page is being read. */
class ContentsSpy extends HTMLElement {
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    const links = new Map<Element, HTMLAnchorElement>();
    for (const link of this.querySelectorAll('a')) {
      const target = document.getElementById(link.hash.slice(1));
      if (target) links.set(target, link);
    }
    const targets = [...links.keys()];
    // A line at a quarter of the window: the last heading above it is the one being read.
    const update = (): void => {
      const line = innerHeight / 4;
      const current = targets.findLast((target) => target.getBoundingClientRect().top <= line);
      for (const [target, link] of links) {
        if (target === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    };
    this.#observer = new IntersectionObserver(update, { rootMargin: '-25% 0px -75% 0px' });
    for (const target of targets) this.#observer.observe(target);
    update();
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }
}

customElements.define('contents-spy', ContentsSpy);
