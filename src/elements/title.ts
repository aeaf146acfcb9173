import { cutTitle, type TitlePiece } from '../text/typography.ts';
import { create } from './dom.ts';

/** Creates a title with the same markup as in components/Title.astro. */
export function titleElement(text: string): HTMLElement {
  return create('span', { class: 'title-text' }, ...nodesOf(cutTitle(text)));
}

function nodesOf(pieces: readonly TitlePiece[]): (Node | string)[] {
  return pieces.map((piece) => {
    if (piece === null) return create('wbr');
    return typeof piece === 'string'
      ? piece
      : create('span', { class: piece.held }, ...nodesOf(piece.pieces));
  });
}
