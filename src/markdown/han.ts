/** What Chinese text needs beyond Markdown. */

/** Characters beside which a line break stands for nothing: Han, kana, their punctuation and full-width forms. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
/** Marks that Chinese shares with Latin: they count as Chinese when the other side is. */
const SHARED = /[“”‘’—…·]/u;

/** Whether a line break between these two characters is only there to keep the source's lines short. */
export function joinsWithoutSpace(before: string, after: string): boolean {
  const left = CJK.test(before);
  const right = CJK.test(after);
  return (left && (right || SHARED.test(after))) || (right && SHARED.test(before));
}

/** How long a text is to a reader: a Han character counts one, a Latin word or number counts one, the rest nothing. */
export function countCharacters(text: string): number {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{L}\p{N}]|$)/gu,
    )?.length ?? 0
  );
}
