import { askWorker, hasOpened, openAnew } from './bridge.ts';
import { onKey, takeKey } from './key.ts';
import { leave } from './leave.ts';
import { readAccess } from './store.ts';
import { unlock } from './unlock.ts';

const base = document.documentElement.dataset.base ?? '/';

/** `<gate-account>` of an opened page: takes a newer link, logs out, and closes what another tab has logged out of. */
class GateAccount extends HTMLElement {
  connectedCallback(): void {
    hasOpened();
    this.querySelector('button')?.addEventListener('click', () => this.askToLeave());
    onKey(() => void this.arrive());
    void this.arrive();
    addEventListener('pageshow', (event) => {
      if (event.persisted) void this.recheck();
    });
  }

  private async arrive(): Promise<void> {
    const key = takeKey();
    // One that does not open changes nothing: the reader is in.
    if (key === undefined || (await unlock(base, key))) return;
    await askWorker({ verb: 'reread' }).catch(() => undefined);
    openAnew();
  }

  /** Lets the page stop a log out that takes something along (src/mine/farewell.ts), and go on with it later. */
  private askToLeave(): void {
    const goOn = () => void this.leave();
    const event = new CustomEvent('gate:leaving', { cancelable: true, detail: { goOn } });
    if (document.dispatchEvent(event)) goOn();
  }

  private async leave(): Promise<void> {
    await leave(base);
    location.replace(base);
  }

  /** A page that the back button brings back as it was must not outlive the log out. */
  private async recheck(): Promise<void> {
    if (!(await readAccess(base).catch(() => undefined))) openAnew();
  }
}

customElements.define('gate-account', GateAccount);
