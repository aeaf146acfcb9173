import { copyText } from './copy.ts';

/** `<heading-links>`: gives each heading of the text a link to itself, which copies its address. */
class HeadingLinks extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector('template')?.content.firstElementChild;
    if (!link) return;
    for (const heading of document.querySelectorAll<HTMLElement>('.prose :is(h2, h3, h4)[id]')) {
      // What folds its part already does something when it is tapped.
      if (heading.closest('summary')) continue;
      const own = link.cloneNode(true) as HTMLAnchorElement;
      own.href = `#${heading.id}`;
      own.addEventListener('click', () => void copyText(own.href, own));
      heading.append(own);
    }
  }
}

customElements.define('heading-links', HeadingLinks);
