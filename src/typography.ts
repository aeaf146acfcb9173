const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * A number with the word that it counts and the mark behind it, `第 47 周：`, `2,184 条`: what must not be torn apart. Of
 * two that touch, `2026 年` and `第 47 周`, the second begins a line where large letters leave no room for both.
 */
const COUNTED = /(?:第 )?\d[\d,.–-]*%?(?: [\p{Script=Han}])?[、。，：；？！…）》”]*/gu;

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
  let html = '';
  let end = 0;
  for (const { 0: counted, index } of text.matchAll(COUNTED)) {
    html += breakWords(text.slice(end, index)) + `<span class="keep">${escape(counted)}</span>`;
    end = index + counted.length;
  }
  return html + breakWords(text.slice(end));
}

function breakWords(text: string): string {
  let html = '';
  /** The word before, where it was one: never beside punctuation, for a line must not begin with a comma. */
  let before = '';
  for (const { segment, isWordLike = false } of segmenter.segment(text)) {
    if (before && isWordLike && mayPart(before, segment)) html += '<wbr>';
    html += escape(segment);
    before = isWordLike ? segment : '';
  }
  return html;
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
