import { copyText } from './copy.ts';

/** `<heading-links>`: gives each heading of the text a link to itself, which copies its address. */
class HeadingLinks extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector('template')?.content.firstElementChild;
    if (!link) return;
    // What folds its part already does something when it is tapped.
    const headings = [...document.querySelectorAll<HTMLElement>('.prose :is(h2, h3, h4)[id]')]
      .filter((heading) => !heading.closest('summary'))
      .map((heading) => ({ heading, name: heading.innerText.replace(/\s+/g, ' ') }));
    for (const { heading, name } of headings) {
      const own = link.cloneNode(true) as HTMLAnchorElement;
      own.href = `#${heading.id}`;
      // It is not part of what the heading is called, and is told from the others in a list of links.
      heading.ariaLabel = name;
      own.ariaLabel = `${name} ${own.ariaLabel!}`;
      // Who goes by key stays on the link: following it takes the focus away, in WebKit after it has been copied.
      const stay = () => own.focus({ preventScroll: true });
      own.addEventListener('click', () => {
        if (own.hash !== location.hash) addEventListener('hashchange', stay, { once: true });
        void copyText(own.href, own).then(stay);
      });
      heading.append(own);
    }
  }
}

customElements.define('heading-links', HeadingLinks);
