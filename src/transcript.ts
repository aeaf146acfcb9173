const LINE = /<div class="line" id="[^"]*" data-start="\d+" data-who="([^"]*)">/g;

/**
 * Marks the lines of a rendered transcript that go on with the speaker of the line before (`data-same`), so that the
 * name need not be shown again. A heading or quote in between begins anew.
 */
export function markSameSpeaker(html: string): string {
  let before: { who: string; end: number } | undefined;
  return html.replace(LINE, (tag, who: string, at: number) => {
    const isSame = before?.who === who && !/<(h[2-6]|figure|aside)\b/.test(html.slice(before.end, at));
    before = { who, end: at + tag.length };
    return isSame ? tag.replace('data-who', 'data-same data-who') : tag;
  });
}
