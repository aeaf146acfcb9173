import type { Picture } from './markdown/content.ts';

/**
 * The image to show where a piece is shared: its cover, else the first picture in its text; with the base.
 *
 * @param html - the text as this run shows it, so that a preview gives none of what it leaves out
 */
export function shareImage(piece: { cover?: Picture | undefined }, html: string): string | undefined {
  return piece.cover?.src ?? firstPicture(html);
}

/** Tag by tag: an attribute may have a tag in its value, or thousands. */
function firstPicture(html: string): string | undefined {
  for (const [tag] of html.matchAll(/<(?:"[^"]*"|[^">])*>/g)) {
    const [, src] = /^<img\b.*?\ssrc="([^"]+)"/s.exec(tag) ?? [];
    if (src !== undefined) return src;
  }
  return undefined;
}
