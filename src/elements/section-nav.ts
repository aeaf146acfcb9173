/**
 * `<section-nav>`: scrolls the row of sections, which overflows on a phone, so that the current one is in view, and out
 * of the faded ends the one that a key has led to. Browsers only scroll to what is out of view.
 */
class SectionNav extends HTMLElement {
  connectedCallback(): void {
    this.center(this.querySelector('[aria-current]'));
    // Not on focus, which a finger gives, too: the row would move away from under it.
    this.addEventListener('keyup', ({ target }) => this.center(target));
  }

  private center(link: EventTarget | null): void {
    const row = this.querySelector('ul');
    if (row && link instanceof HTMLElement)
      row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }
}

customElements.define('section-nav', SectionNav);
