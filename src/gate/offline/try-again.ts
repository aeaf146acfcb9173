/** `<try-again>`: loads the page anew when asked to, and by itself once there is a connection. */
class TryAgain extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => location.reload());
    addEventListener('online', () => location.reload());
  }
}

customElements.define('try-again', TryAgain);
