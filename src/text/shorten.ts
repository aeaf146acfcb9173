/**
 * Returns the first `most` UTF-16 code units of a text, one fewer if that would split a surrogate pair such as an
 * emoji.
 */
export function clip(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/**
 * Shortens a passage for the accessible name of a button next to it, so that screen reader users can tell such buttons
 * apart.
 */
export function spoken(passage: string): string {
  return clip(passage.trim(), 20);
}

/** Returns a text unchanged if it is short enough, otherwise {@link clip}ped and followed by an ellipsis. */
export function shorten(text: string, most: number, ellipsis = '…'): string {
  return text.length > most ? clip(text, most) + ellipsis : text;
}
