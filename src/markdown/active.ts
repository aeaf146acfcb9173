/**
 * The beginning of a page, SVG or script that a browser could run. Where a host sends no type, as Apache does for names
 * that it doesn't know, browsers take a file for a page that begins with one of these tags, or with a comment. Chromium
 * doesn't look where a tag's name ends: `<b` is also the beginning of `<button>` and `<bob@b.example>`.
 *
 * @see https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
 */
const ACTIVE =
  /^\s*<(?:!--|!doctype|\?xml|html|head|script|iframe|h1|div|font|table|style|title|svg|math|a|b|p)/i;

/** Whether a file that begins with these bytes could be run by a browser. */
export function looksActive(head: Buffer): boolean {
  // ASCII characters in UTF-16 have a zero in every second byte.
  const start = head
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '');
  return ACTIVE.test(start);
}
