/** One character that can be part of a word: not one that holds sentences together. */
const LONE =
  /^(?![的了和是在也就都不我你他她它们这那有一两个上下中里为与或把被让给对从到向但而且又还很太更最再没吗呢吧啊么之其所以及等会能要可])\p{Script=Han}$/u;

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * The words of a folded text. The segmenter's dictionary doesn't know the words of the field and cuts them into single
 * characters (社|群, 拉|新, 私|域): two or three of those in a row are taken as a word too.
 */
export function cut(text: string): string[] {
  const words: string[] = [];
  /** The single characters that stand in a row here, the last one at the end. */
  let row: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    row = LONE.test(segment) ? [...row.slice(-2), segment] : [];
    if (segment.length > 1) words.push(segment);
    if (row.length > 1) words.push(row.slice(-2).join(''));
    if (row.length > 2) words.push(row.join(''));
  }
  return words;
}
