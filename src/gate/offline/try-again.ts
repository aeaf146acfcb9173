import { isFailing } from '../failing.ts';

/** Milliseconds to wait after a failed attempt, at first and at most; the delay doubles each time. */
const delay = { first: 1000, last: 60_000 };
/** The longest that an attempt waits for the host to begin an answer, in milliseconds: one may never do so. */
const patience = 30_000;

/** The offline page's own address: a reader there was not on the way to another page, so nothing is retried. */
const ownAddress = `${__BASE__}offline/`;

/**
 * `<try-again>`: reloads the page when asked to, and by itself once this address can be fetched. It tries when the
 * browser reports a connection, and also polls: a phone reports one before it carries data, and when only the host was
 * unreachable the browser was online all along.
 */
class TryAgain extends HTMLElement {
  private delay = delay.first;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isTrying = false;

  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => location.reload());
    if (location.pathname === ownAddress) return;
    addEventListener('online', () => this.tryNow());
    document.addEventListener('visibilitychange', () => this.tryNow());
    this.tryLater();
  }

  private tryNow(): void {
    this.delay = delay.first;
    void this.try();
  }

  /**
   * Fetches the address through the worker, as a navigation would; any answer means that the page can be loaded, except
   * an error that may pass.
   */
  private async try(): Promise<void> {
    if (this.isTrying || document.visibilityState === 'hidden') return;
    this.isTrying = true;
    clearTimeout(this.timer);
    const stop = new AbortController();
    const silence = setTimeout(() => stop.abort(), patience);
    const answer = await fetch(location.href, { cache: 'no-store', signal: stop.signal }).catch(() => null);
    clearTimeout(silence);
    this.isTrying = false;
    if (answer && !isFailing(answer)) location.reload();
    else this.tryLater();
  }

  private tryLater(): void {
    this.timer = setTimeout(() => void this.try(), this.delay);
    this.delay = Math.min(2 * this.delay, delay.last);
  }
}

customElements.define('try-again', TryAgain);
