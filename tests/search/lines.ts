import type { Visitor } from '../lib/visitor.ts';

/**
 * Returns the lines of an entry as the browser lays them out, except for parts that repeat what is elsewhere on the
 * page.
 *
 * @param url - the entry's page, which the visitor may open
 */
export async function linesOf(visitor: Visitor, url: string): Promise<string[]> {
  await visitor.open(url);
  await visitor.see('html[data-access="open"] article[data-entry]');
  const text = await visitor.evaluate(() => {
    const article = document.querySelector<HTMLElement>('article[data-entry]')!;
    article.querySelectorAll('details').forEach((details) => (details.open = true));
    // Transcript lines out of sight aren't laid out, so they have no innerText.
    article
      .querySelectorAll<HTMLElement>('.lines')
      .forEach(({ style }) => (style.contentVisibility = 'visible'));
    const passedOver = '[data-search-ignore], [data-footnote-ref], [data-footnote-backref]';
    article.querySelectorAll(passedOver).forEach((element) => element.remove());
    const alts = Array.from(article.querySelectorAll('img'), ({ alt }) => alt);
    return [article.innerText, ...alts].join('\n');
  }, null);
  return text.split(/[\n\t]+/).filter((line) => line.trim() !== '');
}

/**
 * Normalises a text for comparison, independently of src/search/fold.ts: white space only counts between two letters or
 * digits that aren't Chinese; all quotation marks are the same, and all dashes.
 */
export function plain(text: string): string {
  const cjk = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}';
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\u200b-\u200f\u2060\ufeff\u00ad]/gu, '')
    .replace(/[“”„«»「」『』]/g, '"')
    .replace(/[‘’‹›]/g, "'")
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^ | $| (?![\p{L}\p{N}])|(?<![\p{L}\p{N}]) /gu, '')
    .replace(new RegExp(`(?<=[${cjk}]) | (?=[${cjk}])`, 'gu'), '');
}
