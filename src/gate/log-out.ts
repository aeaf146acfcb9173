import { leave } from './leave.ts';

/** `<log-out>`: its button takes everything of this site out of the browser. */
class LogOut extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => this.ask());
  }

  /** Lets the page stop a log out that takes something along (src/mine/farewell.ts), and go on with it later. */
  private ask(): void {
    const goOn = () => void this.leave();
    const event = new CustomEvent('gate:leaving', { cancelable: true, detail: { goOn } });
    if (document.dispatchEvent(event)) goOn();
  }

  private async leave(): Promise<void> {
    await leave(__BASE__);
    location.replace(__BASE__);
  }
}

customElements.define('log-out', LogOut);
