/** Milliseconds to wait after a failed attempt, at first and at most; the delay doubles each time. */
const delay = { first: 1000, last: 60_000 };

/**
 * Makes an attempt now and then until it succeeds, while the page is in view: when the browser reports a connection, and
 * also by itself, because a phone reports one before it carries data, and when only the host was unreachable the browser
 * was online all along.
 *
 * @param attempt - resolves to whether it succeeded
 */
export function retry(attempt: () => Promise<boolean>): void {
  let wait = delay.first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTrying = false;
  const stop = new AbortController();

  const tryOnce = async () => {
    if (isTrying || document.visibilityState === 'hidden') return;
    isTrying = true;
    clearTimeout(timer);
    const hasSucceeded = await attempt().catch(() => false);
    isTrying = false;
    if (hasSucceeded) stop.abort();
    else tryLater();
  };
  const tryNow = () => {
    wait = delay.first;
    void tryOnce();
  };
  const tryLater = () => {
    timer = setTimeout(() => void tryOnce(), wait);
    wait = Math.min(2 * wait, delay.last);
  };

  addEventListener('online', tryNow, { signal: stop.signal });
  document.addEventListener('visibilitychange', tryNow, { signal: stop.signal });
  tryLater();
}
