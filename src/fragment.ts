/** The element that a fragment names: `#%E4%B8%80` ⇒ that with the id 一. Whoever made the link may have made anything. */
export function elementNamed(hash: string): HTMLElement | null {
  try {
    return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  } catch {
    return null;
  }
}
