// Imported by the build (Node) and by pages: what stands in one line of text, so that both cut an article alike.

/** Elements that stand in a line of text; all others begin and end a block of their own. */
export const INLINE: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'i', 'ins', 'kbd'],
  ...['label', 'mark', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup'],
  ...['time', 'u', 'var', 'wbr'],
]);

/** Elements whose text nobody sees as text. */
export const SKIPPED: ReadonlySet<string> = new Set([
  ...['script', 'style', 'template', 'noscript', 'svg', 'math', 'select', 'option'],
  ...['audio', 'video', 'canvas', 'iframe', 'object'],
]);

/** Attributes of elements that are no part of what is read: not shown, said elsewhere on the page, or the numbers of footnotes. */
export const PASSED_OVER = ['hidden', 'data-search-ignore', 'data-footnote-ref', 'data-footnote-backref'];
