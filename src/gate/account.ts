import { askWorker, hasOpened, openAnew } from './bridge.ts';
import { onKey, takeKey } from './key.ts';
import { leave } from './leave.ts';
import { readAccess } from './store.ts';
import { unlock } from './unlock.ts';

/** `<gate-account>` of an opened page: takes a newer link, logs out, and closes what another tab has logged out of. */
class GateAccount extends HTMLElement {
  #base = document.documentElement.dataset.base ?? '/';

  connectedCallback(): void {
    hasOpened();
    this.querySelector('button')?.addEventListener('click', () => void this.#leave());
    onKey(() => void this.#arrive());
    void this.#arrive();
    addEventListener('pageshow', (event) => {
      if (event.persisted) void this.#recheck();
    });
  }

  async #arrive(): Promise<void> {
    const key = takeKey();
    // One that does not open changes nothing: the reader is in.
    if (key === undefined || (await unlock(this.#base, key))) return;
    await askWorker({ verb: 'reread' }).catch(() => undefined);
    openAnew();
  }

  async #leave(): Promise<void> {
    await leave(this.#base);
    location.replace(this.#base);
  }

  /** A page that the back button brings back as it was must not outlive the log out. */
  async #recheck(): Promise<void> {
    if (!(await readAccess(this.#base).catch(() => undefined))) openAnew();
  }
}

customElements.define('gate-account', GateAccount);
