declare global {
  interface Window {
    /** A key that head.js has taken from the address and nothing has read yet. */
    gateKey?: string;
  }
}

/** Returns the key that came with the address and clears it, so that only the first caller gets it. */
export function takeKey(): string | undefined {
  const key = window.gateKey;
  delete window.gateKey;
  return key;
}

/** Puts a key back for the page that will open here. */
export function leaveKey(key: string): void {
  window.gateKey = key;
}

/** Calls back when a key arrives later: a link pasted into the address bar of an open page doesn't load anything. */
export function onKey(take: () => void): void {
  addEventListener('gate:key', take);
}

/**
 * Finds the token in a pasted text: a token, a link that carries it, or a message around either. It isn't part of a path,
 * and ends after its 32 characters, also where a form has joined the next line to it. The link may be percent-encoded, as
 * in the address of a page that leads on to it: `=` is then `%3D`, or `%253D`.
 * `点开 https://x.org/talks/a/#key=kb_1234-5678&to=t%3D754 就能看` ⇒ `kb_1234-5678`
 */
export function tokenIn(pasted: string): string {
  const text = pasted.normalize('NFKC');
  return (/(?:^|[^\w/-]|%\w*3d)(kb_(?:[\s\p{Dash}\p{Cf}_]*[a-z\d]){1,32})/iu.exec(text)?.[1] ?? text).trim();
}
