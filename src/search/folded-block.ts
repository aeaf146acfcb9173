import { foldText } from './fold.ts';
import type { TextBlock } from './record.ts';

const known = new WeakMap<TextBlock, string>();

/** The text of a block as it is compared. Index, catalog and dictionary all ask for it, and it is folded once. */
export function foldBlock(block: TextBlock): string {
  let folded = known.get(block);
  if (folded === undefined) {
    folded = foldText(block.text);
    known.set(block, folded);
  }
  return folded;
}
