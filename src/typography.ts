const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** A number with the word or two that it counts, `第 47 周`, `2,184 条`: what must not be torn apart. */
const COUNTED = /(?:第 )?\d[\d,.–-]*%?(?: [\p{Script=Han}](?:第 \d+ [\p{Script=Han}])?)?/gu;

/** Words that lean on the one before: a line that begins with one reads badly. */
const LEANING = /^[的了着过吗呢吧啊们地得]$/;

/**
 * HTML of a plain text with a `<wbr>` between words. Chinese has no spaces, so a browser breaks a title in the middle
 * of a word; with `word-break: keep-all` it breaks only here and after punctuation. What stands before and after a
 * colon is a clause, which begins a line of its own before it is broken.
 */
export function breakable(text: string): string {
  const clauses = text.split(/(?<=[：？！])(?=.)/u);
  if (clauses.length === 1) return breakClause(text);
  return clauses.map((clause) => `<span class="clause">${breakClause(clause)}</span>`).join('');
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
  let wasWord = false;
  for (const { segment, isWordLike = false } of segmenter.segment(text)) {
    // Never beside punctuation: a line must not begin with a comma.
    if (wasWord && isWordLike && !LEANING.test(segment)) html += '<wbr>';
    html += escape(segment);
    wasWord = isWordLike;
  }
  return html;
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');
}
