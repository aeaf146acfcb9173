/** `<section-nav>`: scrolls the row of sections, which overflows on a phone, so that the current one is in view. */
class SectionNav extends HTMLElement {
  connectedCallback(): void {
    const row = this.querySelector('ul');
    const current = this.querySelector<HTMLElement>('[aria-current]');
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
}

customElements.define('section-nav', SectionNav);
