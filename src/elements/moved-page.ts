/**
 * `<moved-page>`: goes where its link leads, to the same place of the page: a `<meta>` would lose the sentence or second
 * that the address names.
 */
class MovedPage extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector('a')!;
    link.hash = location.hash;
    location.replace(link.href);
  }
}

customElements.define('moved-page', MovedPage);
