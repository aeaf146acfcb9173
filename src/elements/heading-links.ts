import { copyText } from './copy.ts';

/** `<heading-links>`: gives each heading of the text a link to itself, which copies its address. */
class HeadingLinks extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector('template')?.content.firstElementChild;
    if (!link) return;
    // Skip headings in a <summary>, where a tap folds the section.
    const headings = [...document.querySelectorAll<HTMLElement>('.prose :is(h2, h3, h4)[id]')]
      .filter((heading) => !heading.closest('summary'))
      .map((heading) => ({ heading, name: heading.innerText.replace(/\s+/g, ' ') }));
    for (const { heading, name } of headings) {
      const own = link.cloneNode(true) as HTMLAnchorElement;
      own.href = `#${heading.id}`;
      // Keep the link out of the heading's name, and give the link a name that is distinct in a list of links.
      heading.ariaLabel = name;
      own.ariaLabel = `${name} ${own.ariaLabel!}`;
      // Keep a keyboard user's focus on the link: following it moves the focus away, in WebKit only after the copy.
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
