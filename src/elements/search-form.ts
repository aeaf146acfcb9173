/**
 * The search box of every page. The content security policy lets no form send anything, so it goes to the search page
 * (`data-address`) itself; without scripts the link beside it leads there.
 */
class SearchForm extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      const query = this.querySelector('input')?.value.trim() ?? '';
      const { address = '' } = this.dataset;
      location.assign(query ? `${address}?q=${encodeURIComponent(query)}` : address);
    });
  }
}

customElements.define('search-form', SearchForm);
