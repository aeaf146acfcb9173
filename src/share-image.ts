import type { Picture } from './markdown/content.ts';

/**
 * The image to show where a piece is shared: its cover, else the first picture in its text; with the base.
 *
 * @param html - the text as this run shows it, so that a preview gives none of what it leaves out
 */
export function shareImage(piece: { cover?: Picture | undefined }, html: string): string | undefined {
  return piece.cover?.src ?? /<img\b[^>]*?\ssrc="([^"]+)"/.exec(html)?.[1];
}
