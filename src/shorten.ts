/** The first `most` UTF-16 units of a text; one fewer where that would leave half a character, as of an emoji. */
export function clip(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** A passage cut for the spoken name of a button beside it, so that whoever only hears the buttons can tell them apart. */
export function spoken(passage: string): string {
  return clip(passage.trim(), 20);
}

/** A text as it is, or {@link clip}ped with an ellipsis after it. */
export function shorten(text: string, most: number, ellipsis = '…'): string {
  return text.length > most ? clip(text, most) + ellipsis : text;
}
