import type { Visitor } from '../lib/visitor.ts';

/**
 * The lines of an entry as the browser lays them out, but for what is marked as said elsewhere on the page.
 *
 * @param url - of the entry, which the visitor may open
 */
export async function linesOf(visitor: Visitor, url: string): Promise<string[]> {
  await visitor.open(url);
  await visitor.see('html[data-access="open"] article[data-entry]');
  const text = await visitor.evaluate(() => {
    const article = document.querySelector<HTMLElement>('article[data-entry]')!;
    article.querySelectorAll('details').forEach((details) => (details.open = true));
    // Lines of a transcript that are out of sight are not laid out, and then have no text of theirs.
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
 * What counts as the same, said a second time and in other words than src/search/fold.ts: white space counts only
 * between two letters or digits that are not Chinese; marks of quotation are one, dashes are one.
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
