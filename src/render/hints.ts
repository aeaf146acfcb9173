/**
 * Names at the top of a page the files that it loads by itself, so that a browser requests them all at once. Otherwise
 * Chromium requests the first script alone: in a page whose policy is in a `<meta>`, it doesn't look beyond a script that
 * it waits for. On a slow connection, the styles would then be a round trip late.
 *
 * @param html - a page; without scripts it is returned as it is
 */
export function hintFiles(html: string): string {
  const first = html.indexOf('<script');
  if (first < 0) return html;
  const rest = html.slice(first);
  const styles = rest.matchAll(/<link rel="stylesheet" href="([^"]+)">/g);
  const modules = rest.matchAll(/<script type="module" src="([^"]+)">/g);
  const hints = [
    ...Array.from(styles, ([, href]) => `<link rel="preload" as="style" href="${href}">`),
    ...Array.from(modules, ([, src]) => `<link rel="modulepreload" href="${src}">`),
  ];
  return html.slice(0, first) + [...new Set(hints)].join('') + rest;
}
