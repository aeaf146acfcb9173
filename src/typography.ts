// Imported by the build and by the search on the page: an old browser has no segmenter, and breaks a title anywhere.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : undefined;

/**
 * A number with the word that it counts and the mark behind it, `第 47 周：`, `2,184 条`, and a date, `3 月 2 日`: what
 * must not be torn apart. Of two that touch, `2026 年` and `第 47 周`, the second begins a line where large letters leave
 * no room for both.
 */
const COUNTED =
  /(?:(?:\d{4} 年 )?\d{1,2} 月 \d{1,2} 日|(?:第 )?\d[\d,.–-]*%?(?: [\p{Script=Han}])?)[、。，：；？！…）》”]*/gu;

/** Words of one character that belong to what follows them: a line that ends with one reads badly. */
const OPENING = /^[让把被在和与跟或对从给用是不没很也都就再还只又最更每一这那哪第有要能会想]$/;

/**
 * A number in characters, which its next digit or its measure word follows, 四百|一十二|个; with its measure word, what
 * is counted follows: 一张|名单.
 */
const NUMBER = /^[零一二三四五六七八九十百千万亿两几]+[张个次种页封句件家本份条位场项步]?$/;

/**
 * HTML of a plain text with a `<wbr>` between words. Chinese has no spaces, so a browser breaks a title in the middle
 * of a word; with `word-break: keep-all` it breaks only here and after punctuation. What stands between two colons is a
 * clause, and so is what stands between two commas within it: it begins a line of its own before it is broken.
 */
export function breakable(text: string): string {
  let html = broken.get(text);
  if (html === undefined) {
    html = clauses(text, /(?<=[：？！；])(?=.)/u, (clause) => clauses(clause, /(?<=，)(?=.)/u, breakClause));
    broken.set(text, html);
  }
  return html;
}

/** A title stands on many pages. */
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

/** A title for a script to show: where its lines may break, and its text, whose numbers hold on to what they count. */
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

/** `['怎么', '让']` of 怎么让, cut at 2. */
export function cutAt(text: string, offsets: readonly number[]): string[] {
  return [0, ...offsets].map((start, index) => text.slice(start, offsets[index]));
}

/** A line may end with a date; what another number counts goes on behind it, `12 个|人`. */
function isDay(counted: string): boolean {
  return counted.endsWith('日');
}

/** What is counted in a text, and what stands between. */
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

/** Where a text may break between two words: never beside punctuation, for a line must not begin with a comma. */
function wordBreaks(text: string): number[] {
  const breaks: number[] = [];
  /** The word before, where it was one. */
  let before = '';
  for (const { segment, index, isWordLike = false } of segmenter?.segment(text) ?? []) {
    if (before && isWordLike && mayPart(before, segment)) breaks.push(index);
    before = isWordLike ? segment : '';
  }
  return breaks;
}

/** The segmenter's dictionary knows 活跃 and not 干货: what it leaves as a single character hangs on what it is beside. */
function mayPart(before: string, word: string): boolean {
  if (OPENING.test(before) || NUMBER.test(before)) return false;
  return word.length > 1 || OPENING.test(word);
}

/** Chinese marks bring their own space: a space behind one, as after bold type or a paragraph, would be a second. */
export function closeUp(text: string): string {
  return text.replace(/(?<=[、。，：；？！…）》”]) +/gu, '');
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');
}
