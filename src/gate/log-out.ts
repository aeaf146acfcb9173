import { within } from './bridge.ts';
import { leave } from './leave.ts';

/** How long (milliseconds) a log out waits at most for what may stop it: a script that never loads must not keep anyone in. */
const patience = 3000;

/** `<log-out>`: its button takes everything of this site out of the browser. */
class LogOut extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button')!;
    button.addEventListener('click', () => this.ask());
    void within(patience, stoppersDefined())
      .catch(() => undefined)
      .then(() => (button.disabled = false));
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

/** Resolves once what may stop a log out can: it has a script of its own, which may come later than this one. */
function stoppersDefined(): Promise<unknown> {
  const awaited = document.querySelectorAll('[data-stops-leaving]:not(:defined)');
  return Promise.all([...awaited].map(({ localName }) => customElements.whenDefined(localName)));
}

customElements.define('log-out', LogOut);
