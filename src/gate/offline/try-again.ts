/** How long (milliseconds) to wait after a failed attempt, at first and at most; each pause is twice the one before. */
const delay = { first: 1000, last: 60_000 };

/** Where the page that says so has an address of its own: nobody was on the way to anything else there. */
const ownAddress = `${__BASE__}offline/`;

/**
 * `<try-again>`: loads the page anew when asked to, and by itself once this address can be had. It asks for it when the
 * browser says that there is a connection, and again and again without that: a phone says so before its connection
 * carries anything, and to a host that was out of reach there was one all along.
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

  /** Asks through the worker, as the page itself would be: what can't be had is no answer at all. */
  private async try(): Promise<void> {
    if (this.isTrying || document.visibilityState === 'hidden') return;
    this.isTrying = true;
    clearTimeout(this.timer);
    const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
    this.isTrying = false;
    if (answer) location.reload();
    else this.tryLater();
  }

  private tryLater(): void {
    this.timer = setTimeout(() => void this.try(), this.delay);
    this.delay = Math.min(2 * this.delay, delay.last);
  }
}

customElements.define('try-again', TryAgain);
