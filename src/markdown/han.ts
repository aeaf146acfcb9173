/** Rules for Chinese text that Markdown lacks. */

/** Characters between which a line break adds no space: Han, kana, CJK punctuation and full-width forms. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
/** Punctuation that Chinese shares with Latin scripts: it counts as Chinese if its neighbour is. */
const SHARED = /[“”‘’—…·]/u;

/** Whether a line break between two characters only wraps the source and must not become a space. */
export function joinsWithoutSpace(before: string, after: string): boolean {
  const left = CJK.test(before);
  const right = CJK.test(after);
  return (left && (right || SHARED.test(after))) || (right && SHARED.test(before));
}
