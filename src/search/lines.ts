// Imported by the build (Node) and by pages, so that both split an article into the same lines of text.

/** Inline elements; all others begin and end a block of text. */
export const INLINE: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'i', 'ins', 'kbd'],
  ...['label', 'mark', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup'],
  ...['time', 'u', 'var', 'wbr'],
]);

/** Elements whose content is not shown as text. */
export const SKIPPED: ReadonlySet<string> = new Set([
  ...['script', 'style', 'template', 'noscript', 'svg', 'math', 'select', 'option'],
  ...['audio', 'video', 'canvas', 'iframe', 'object'],
]);

/** Attributes of elements to skip: hidden, repeated elsewhere on the page, or numbers of footnotes. */
export const PASSED_OVER = ['hidden', 'data-search-ignore', 'data-footnote-ref', 'data-footnote-backref'];
