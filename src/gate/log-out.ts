import { leave } from './leave.ts';
import { showLeft } from './left.ts';
import { within } from './within.ts';

/** Milliseconds to wait for scripts that may stop a log out; one that never loads must not keep anyone logged in. */
const patience = 3000;

/** `<log-out>`: its button removes everything that this site keeps in the browser. */
class LogOut extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button')!;
    button.addEventListener('click', () => this.ask());
    void within(patience, stoppersDefined())
      .catch(() => undefined)
      .then(() => (button.disabled = false));
  }

  /** Lets the page stop a log out that would delete a member's marks (src/mine/farewell.ts), and resume it later. */
  private ask(): void {
    const goOn = () => void this.leave();
    const event = new CustomEvent('gate:leaving', { cancelable: true, detail: { goOn } });
    if (document.dispatchEvent(event)) goOn();
  }

  private async leave(): Promise<void> {
    this.querySelector('button')!.disabled = true;
    await leave(__BASE__);
    showLeft();
    // Without a connection, the browser would show its own error in place of the door.
    if (navigator.onLine) location.replace(__BASE__);
  }
}

/** Resolves when all elements that may stop a log out are defined; their scripts may load later than this one. */
function stoppersDefined(): Promise<unknown> {
  const awaited = document.querySelectorAll('[data-stops-leaving]:not(:defined)');
  return Promise.all([...awaited].map(({ localName }) => customElements.whenDefined(localName)));
}

customElements.define('log-out', LogOut);
