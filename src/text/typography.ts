// Runs in the build and in the browser. Old browsers have no segmenter and break a long clause anywhere.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : undefined;

/**
 * Matches text that must not be broken across lines: a date (`3 月 2 日`), or a number with its measure word and the
 * punctuation behind it (`第 47 周：`, `2,184 条`). A line may still break between two matches, `2026 年` and `第 47
 * 周`, if large type leaves no room for both.
 */
const COUNTED =
  /(?:(?:\d{4} 年 )?\d{1,2} 月 \d{1,2} 日|(?:第 )?\d[\d,.–-]*%?(?: [\p{Script=Han}])?)[、。，：；？！…）》”]*/gu;

/** One-character words that belong to the word after them: a line that ends with one reads badly. */
const OPENING = /^[让把被在和与跟或对从给用是不没很也都就再还只又最更每一这那哪第有要能会想]$/;

/**
 * A number in Chinese characters, which must stay with its next digit or measure word: 四百|一十二|个. A number with
 * its measure word must stay with what it counts: 一张|名单.
 */
const NUMBER = /^[零一二三四五六七八九十百千万亿两几]+[张个次种页封句件家本份条位场项步]?$/;

/** A piece of a title: text, a position where a line may break (null), or pieces that are kept together. */
export type TitlePiece = string | null | { held: 'clause' | 'keep'; pieces: TitlePiece[] };

/**
 * Splits a plain text between words. Chinese has no spaces, so a browser would break a title in the middle of a word;
 * with `word-break: keep-all` it only breaks at a `<wbr>` and after punctuation. Text between two colons is a clause, and
 * so is text between two commas inside it: a clause moves to a new line as a whole before it is broken.
 */
export function cutTitle(text: string): TitlePiece[] {
  return clauses(text, /(?<=[：？！；])(?=.)/u, (clause) => clauses(clause, /(?<=，)(?=.)/u, cutClause));
}

/** Returns the pieces of {@link cutTitle} as HTML. */
export function breakable(text: string): string {
  let html = broken.get(text);
  if (html === undefined) {
    html = cutTitle(text).map(htmlOf).join('');
    broken.set(text, html);
  }
  return html;
}

/** The most characters of a title in large type: on a phone, these take four lines. */
const LARGE = 40;

/** Whether a title is too long for large type. Latin letters count half: they are about half as wide as Han characters. */
export function isLong(text: string): boolean {
  const narrow = text.match(/[\x20-\x7e]/g)?.length ?? 0;
  return text.length - narrow / 2 > LARGE;
}

/** Results so far: the same title is rendered on many pages. */
const broken = new Map<string, string>();

function htmlOf(piece: TitlePiece): string {
  if (piece === null) return '<wbr>';
  if (typeof piece === 'string') return escape(piece);
  return `<span class="${piece.held}">${piece.pieces.map(htmlOf).join('')}</span>`;
}

function clauses(text: string, between: RegExp, inner: (clause: string) => TitlePiece[]): TitlePiece[] {
  const all = text.split(between);
  return all.length === 1 ? inner(text) : all.map((clause) => ({ held: 'clause', pieces: inner(clause) }));
}

function cutClause(text: string): TitlePiece[] {
  return partsOf(text).flatMap((part): TitlePiece[] => {
    if (!part.isCounted)
      return cutAt(part.text, wordBreaks(part.text)).flatMap((word, at) => (at > 0 ? [null, word] : [word]));
    const kept = { held: 'keep' as const, pieces: [part.text] };
    return isDay(part.text) ? [kept, null] : [kept];
  });
}

/** Splits a text at the given offsets: 怎么让 at 2 ⇒ `['怎么', '让']`. */
function cutAt(text: string, offsets: readonly number[]): string[] {
  return [0, ...offsets].map((start, index) => text.slice(start, offsets[index]));
}

/**
 * Whether a counted text is a date. A line may end after a date; after another number it may not, because the counted
 * noun follows: `12 个|人`.
 */
function isDay(counted: string): boolean {
  return counted.endsWith('日');
}

/** Splits a text into counted parts (see {@link COUNTED}) and the parts between them. */
function partsOf(text: string): { text: string; isCounted: boolean }[] {
  const starts = [...text.matchAll(COUNTED)].flatMap(({ 0: counted, index }) => [
    { at: index, isCounted: true },
    { at: index + counted.length, isCounted: false },
  ]);
  return [{ at: 0, isCounted: false }, ...starts].map(({ at, isCounted }, index) => ({
    isCounted,
    text: text.slice(at, starts[index]?.at),
  }));
}

/**
 * Returns the offsets where a text may break between two words. Never next to punctuation, because a line must not
 * start with a comma.
 */
function wordBreaks(text: string): number[] {
  const breaks: number[] = [];
  /** The previous segment if it was a word, otherwise empty. */
  let before = '';
  for (const { segment, index, isWordLike = false } of segmenter?.segment(text) ?? []) {
    if (before && isWordLike && mayPart(before, segment)) breaks.push(index);
    before = isWordLike ? segment : '';
  }
  return breaks;
}

/** The segmenter's dictionary has 活跃 but not 干货: a single character that it splits off stays with its neighbour. */
function mayPart(before: string, word: string): boolean {
  if (OPENING.test(before) || NUMBER.test(before)) return false;
  return word.length > 1 || OPENING.test(word);
}

/**
 * Removes spaces after Chinese punctuation, which already includes its own space (such spaces come from bold type or
 * joined paragraphs).
 */
export function closeUp(text: string): string {
  return text.replace(/(?<=[、。，：；？！…）》”]) +/gu, '');
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');
}
