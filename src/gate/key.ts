declare global {
  interface Window {
    /** A key that strip.js took off the address and nobody has looked at yet. */
    gateKey?: string;
  }
}

/** Takes the key that came with the address, once. */
export function takeKey(): string | undefined {
  const key = window.gateKey;
  delete window.gateKey;
  return key;
}

/** Puts a key back for the page that is to be opened here. */
export function leaveKey(key: string): void {
  window.gateKey = key;
}

/** Calls back for a key that comes later: a link pasted into the address bar of an open page loads nothing. */
export function onKey(take: () => void): void {
  addEventListener('gate:key', take);
}

/**
 * Finds the token in whatever was pasted: the token, a link that carries it, or a message around either.
 * `点开 https://x.org/talks/a/#key=kb_1234-5678&to=t%3D754 就能看` ⇒ `kb_1234-5678`
 */
export function tokenIn(pasted: string): string {
  const text = pasted.normalize('NFKC');
  return (/[#&?]key=([\w-]+)/.exec(text)?.[1] ?? /kb_[\w -]+/i.exec(text)?.[0] ?? text).trim();
}
