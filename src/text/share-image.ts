import type { Picture } from '../markdown/content.ts';
import { TAG } from './tag.ts';

/**
 * Returns the address, with base, of the image to show when a piece is shared: its cover, otherwise the first picture
 * in its text.
 *
 * @param html - the text that this run renders, so that a public preview never shows a picture of the part it leaves
 * out
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
