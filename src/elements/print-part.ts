/**
 * `<print-part data-part="copy">`: a button that prints one part of the page; print.css hides the rest while printing.
 */
class PrintPart extends HTMLElement {
  connectedCallback(): void {
    // In-app browsers can't print; WeChat's is recognized by its user agent.
    if (navigator.userAgent.includes('MicroMessenger')) {
      this.remove();
      return;
    }
    this.hidden = false;
    this.querySelector('button')?.addEventListener('click', () => {
      const page = document.documentElement;
      page.dataset.printing = this.dataset.part ?? '';
      addEventListener('afterprint', () => delete page.dataset.printing, { once: true });
      print();
    });
  }
}

customElements.define('print-part', PrintPart);
