/** Matches a single Han character that can be part of a word, so not a function word. */
const LONE =
  /^(?![的了和是在也就都不我你他她它们这那有一两个上下中里为与或把被让给对从到向但而且又还很太更最再没吗呢吧啊么之其所以及等会能要可])\p{Script=Han}$/u;

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * Splits a folded text into words. The segmenter's dictionary doesn't know the words of the field and splits them into
 * single characters (社|群, 拉|新, 私|域), so two or three of those in a row count as a word too.
 */
export function cut(text: string): string[] {
  const words: string[] = [];
  /** The last single characters in a row, at most three. */
  let row: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    row = LONE.test(segment) ? [...row.slice(-2), segment] : [];
    if (segment.length > 1) words.push(segment);
    if (row.length > 1) words.push(row.slice(-2).join(''));
    if (row.length > 2) words.push(row.join(''));
  }
  return words;
}
