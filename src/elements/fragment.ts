/**
 * Returns the element that a URL fragment names: `#%E4%B8%80` ⇒ the element with the id 一. A malformed fragment gives
 * null, because links can come from anyone.
 */
export function elementNamed(hash: string): HTMLElement | null {
  try {
    return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  } catch {
    return null;
  }
}
