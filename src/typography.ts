// Runs in the build and in the browser (search results). Old browsers have no segmenter and break titles anywhere.
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

/**
 * Returns the HTML of a plain text, with a `<wbr>` between words. Chinese has no spaces, so a browser would break a
 * title in the middle of a word; with `word-break: keep-all` it only breaks at a `<wbr>` and after punctuation. Text
 * between two colons is wrapped as a clause, and so is text between two commas inside it: a clause moves to a new line
 * as a whole before it is broken.
 */
export function breakable(text: string): string {
  let html = broken.get(text);
  if (html === undefined) {
    html = clauses(text, /(?<=[：？！；])(?=.)/u, (clause) => clauses(clause, /(?<=，)(?=.)/u, breakClause));
    broken.set(text, html);
  }
  return html;
}

/** Results so far: the same title is rendered on many pages. */
const broken = new Map<string, string>();

function clauses(text: string, between: RegExp, inner: (clause: string) => string): string {
  const all = text.split(between);
  if (all.length === 1) return inner(text);
  return all.map((clause) => `<span class="clause">${inner(clause)}</span>`).join('');
}

function breakClause(text: string): string {
  return partsOf(text)
    .map((part) =>
      part.isCounted
        ? `<span class="keep">${escape(part.text)}</span>${isDay(part.text) ? '<wbr>' : ''}`
        : cutAt(part.text, wordBreaks(part.text)).map(escape).join('<wbr>'),
    )
    .join('');
}

/**
 * Returns a title for a script to display: the offsets where its lines may break, and its text, with non-breaking
 * spaces between numbers and what they count. Undefined if the browser has no segmenter.
 */
export function breaksOf(title: string): { text: string; breaks: number[] } | undefined {
  if (!segmenter) return undefined;
  const parts = partsOf(title);
  return {
    text: parts.map(({ text, isCounted }) => (isCounted ? text.replaceAll(' ', '\u00a0') : text)).join(''),
    breaks: parts.flatMap(({ text, at, isCounted }) => {
      if (!isCounted) return wordBreaks(text).map((offset) => at + offset);
      return isDay(text) ? [at + text.length] : [];
    }),
  };
}

/** Splits a text at the given offsets: 怎么让 at 2 ⇒ `['怎么', '让']`. */
export function cutAt(text: string, offsets: readonly number[]): string[] {
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
function partsOf(text: string): { text: string; at: number; isCounted: boolean }[] {
  const starts = [...text.matchAll(COUNTED)].flatMap(({ 0: counted, index }) => [
    { at: index, isCounted: true },
    { at: index + counted.length, isCounted: false },
  ]);
  return [{ at: 0, isCounted: false }, ...starts].map((part, index) => ({
    ...part,
    text: text.slice(part.at, starts[index]?.at),
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
