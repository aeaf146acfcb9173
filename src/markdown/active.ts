/**
 * The beginning of a page, SVG or script that a browser could run. Where a host sends no type, as Apache does for names
 * that it doesn't know, browsers take a file for a page that begins with one of these tags, or with a comment.
 *
 * @see https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
 */
const ACTIVE =
  /^\s*<(?:!--|(?:!doctype|html|head|body|svg|\?xml|script|iframe|math)\b|(?:h1|div|font|table|a|style|title|b|br|p)[\s/>])/i;

/** Whether a file that begins with these bytes could be run by a browser. */
export function looksActive(head: Buffer): boolean {
  // ASCII characters in UTF-16 have a zero in every second byte.
  const start = head
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, '');
  return ACTIVE.test(start);
}
