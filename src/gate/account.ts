import { readLocal, writeLocal } from '../storage.ts';
import { askGate, currentWorker, openAnew } from './bridge.ts';
import { readStored } from './database.ts';
import { leaveKey, onKey, takeKey } from './key.ts';
import { closePage, closeWithTabs } from './left.ts';
import { showDay } from './show-day.ts';
import type { Notice } from './store.ts';
import { hasOpened, readVisit } from './tab.ts';

/** Milliseconds between two reminders that the membership ends soon. */
const day = 24 * 3_600_000;
/** Milliseconds between two looks for a newer build while a page is open. */
const interval = 10 * 60_000;

/**
 * `<gate-account>` of an opened page: takes the key of a new link, closes the page when another tab logs out, and says
 * when there is a newer build, or the membership ends soon or has ended. Its messages appear in its `[data-says]`.
 */
class GateAccount extends HTMLElement {
  private lookedAt = performance.now();
  private newest = 0;
  /** The build whose notice the reader has dismissed. */
  private dismissed = 0;
  private isEndTold = false;
  private keeping = Promise.resolve();

  connectedCallback(): void {
    hasOpened();
    // The worker redirects a link to the address without its key, but can't avoid a trailing `#`.
    if (location.href.endsWith('#')) history.replaceState(history.state, '', location.href.slice(0, -1));
    this.addEventListener('click', ({ target }) => {
      const action = target instanceof Element ? target.closest('[data-do]')?.getAttribute('data-do') : null;
      if (action) void this.do(action);
    });
    onKey(() => void this.arrive());
    closeWithTabs();
    void this.arrive();
    addEventListener('pageshow', (event) => {
      if (event.persisted) void this.recheck();
    });
    document.addEventListener('visibilitychange', () => this.lookAgain());
    // A search or a recording has failed, perhaps because the membership has ended.
    addEventListener('gate:failed', () => void this.look());
    setInterval(() => this.lookAgain(), interval);
    addEventListener('load', () => {
      // While the host was slow to answer, the page may have opened from an older build.
      void this.look()
        .then(() => this.remind())
        .catch(() => undefined);
      this.startKeepingUp();
      // After an upgrade, the browser replaces the worker only when the page has loaded. The older worker may not have
      // understood what this page asked.
      if (currentWorker())
        navigator.serviceWorker.addEventListener('controllerchange', () => this.startKeepingUp());
    });
  }

  private async arrive(): Promise<void> {
    const key = takeKey();
    if (key === undefined) return;
    const refusal = await this.unlock(key, false);
    if (refusal === null) return this.open();
    // A key that does not open changes nothing: the reader is already in.
    if (refusal?.reason !== 'other') return;
    leaveKey(key);
    this.say('other');
  }

  private async unlock(key: string, isAsked: boolean) {
    const gate = await import('./unlock.ts').catch(() => undefined);
    return gate?.unlock(__BASE__, key, isAsked);
  }

  private async do(action: string): Promise<void> {
    if (action === 'reload') location.reload();
    if (action === 'dismiss') this.dismissed = this.newest;
    if (action === 'keep') takeKey();
    if (action === 'change') {
      for (const button of this.querySelectorAll<HTMLButtonElement>('[data-do]')) button.disabled = true;
      if ((await this.unlock(takeKey() ?? '', true)) === null) return this.open();
    }
    this.say(null);
  }

  private async open(): Promise<void> {
    await askGate({ verb: 'reread' }).catch(() => undefined);
    openAnew();
  }

  /** Checks a page restored from the back/forward cache: it must not stay open after a log out. */
  private async recheck(): Promise<void> {
    const [access, ended] = await Promise.all([
      readStored(__BASE__, 'access'),
      readStored(__BASE__, 'ended'),
    ]).catch(() => [undefined, true]);
    if (access !== undefined || readVisit()) return this.look();
    if (ended === undefined) closePage();
    else openAnew();
  }

  private startKeepingUp(): void {
    this.keeping = this.keeping.then(() => this.keepUp()).catch(() => undefined);
  }

  private async keepUp(): Promise<void> {
    if (!currentWorker()) {
      // Offline copies are left to the worker. If there are none, trim the media cached by pages opened in place.
      if (readLocal('kept') === null) await askGate({ verb: 'trim', addresses: [] });
      return;
    }
    const build = Number(document.documentElement.dataset.build);
    if (readLocal('kept-up') === build) return;
    const { keepUp } = await import('./offline/keep-up.ts');
    await keepUp(__BASE__, build);
  }

  private lookAgain(): void {
    if (document.visibilityState === 'visible' && performance.now() - this.lookedAt > interval / 10) {
      void this.look();
    }
  }

  private async look(): Promise<void> {
    this.lookedAt = performance.now();
    const reply = await askGate({ verb: 'look' }).catch(() => undefined);
    if (reply?.reason === 'locked') return this.tellEnd();
    if (reply?.reason !== 'open' || reply.build === undefined) return;
    this.newest = reply.build;
    const shown = Number(document.documentElement.dataset.build);
    if (this.newest > Math.max(shown, this.dismissed)) this.say('newer');
  }

  /** Says once that the membership has ended: what the page still asks for would only seem to be out of reach. */
  private async tellEnd(): Promise<void> {
    const ended = await readStored<{ notice: Notice }>(__BASE__, 'ended').catch(() => undefined);
    if (!ended || this.isEndTold) return;
    this.isEndTold = true;
    this.say(ended.notice.reason);
  }

  /** Says once a day that the membership ends soon. */
  private async remind(): Promise<void> {
    const since = Date.now() - Number(readLocal('reminded'));
    if (Math.abs(since) < day || this.place.hasChildNodes()) return;
    const { nearLastDay } = await import('./last-day.ts');
    const last = await nearLastDay();
    // After a log out, nothing may be stored.
    if (!this.isConnected || this.place.hasChildNodes()) return;
    // Where the browser stores nothing, it would be said on every page.
    if (!writeLocal('reminded', Date.now()) || last === undefined) return;
    this.say('ending');
    showDay(this.place.querySelector('time')!, last);
  }

  private say(what: 'newer' | 'ending' | 'other' | Notice['reason'] | null): void {
    const { place } = this;
    const template = what && this.querySelector<HTMLTemplateElement>(`template[data-text=${what}]`);
    if (template && place.dataset.says === what) return;
    place.dataset.says = what ?? '';
    place.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
  }

  /** Where it speaks. */
  private get place(): HTMLElement {
    return this.querySelector('[data-says]')!;
  }
}

customElements.define('gate-account', GateAccount);
