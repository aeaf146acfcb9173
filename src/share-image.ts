import type { Picture } from './markdown/content.ts';
import { TAG } from './tag.ts';

/**
 * The image to show where a piece is shared: its cover, else the first picture in its text; with the base.
 *
 * @param html - the text as this run shows it, so that a preview gives none of what it leaves out
 */
export function shareImage(piece: { cover?: Picture | undefined }, html: string): string | undefined {
  return piece.cover?.src ?? firstPicture(html);
}

function firstPicture(html: string): string | undefined {
  for (const [tag] of html.matchAll(TAG)) {
    const [, src] = /^<img\b.*?\ssrc="([^"]+)"/s.exec(tag) ?? [];
    if (src !== undefined) return src;
  }
  return undefined;
}
