import { isFailing } from '../failing.ts';
import { retry } from './retry.ts';

/** The longest that an attempt waits for the host to begin an answer, in milliseconds: one may never do so. */
const patience = 30_000;

/** The offline page's own address: a reader there was not on the way to another page, so nothing is retried. */
const ownAddress = `${__BASE__}offline/`;

/** `<try-again>`: reloads the page when asked to, and by itself once this address can be fetched. */
class TryAgain extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => location.reload());
    if (location.pathname === ownAddress) return;
    retry(async () => {
      const isReachable = await canFetch();
      if (isReachable) location.reload();
      return isReachable;
    });
  }
}

/**
 * Fetches the address through the worker, as a navigation would; any answer means that the page can be loaded, except an
 * error that may pass.
 */
async function canFetch(): Promise<boolean> {
  const stop = new AbortController();
  const silence = setTimeout(() => stop.abort(), patience);
  const answer = await fetch(location.href, { cache: 'no-store', signal: stop.signal }).catch(() => null);
  clearTimeout(silence);
  return answer !== null && !isFailing(answer);
}

customElements.define('try-again', TryAgain);
