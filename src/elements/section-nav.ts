/** The row of sections, which scrolls sideways on a phone: brings the one that the page belongs to into view. */
class SectionNav extends HTMLElement {
  connectedCallback(): void {
    const row = this.querySelector('ul');
    const current = this.querySelector<HTMLElement>('[aria-current]');
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
}

customElements.define('section-nav', SectionNav);
