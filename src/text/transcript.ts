import { initialOf, tintOf } from './initial.ts';

const LINE = /<div class="line" id="[^"]*" data-start="\d+" data-who="([^"]*)"><p class="line-head">/g;

/**
 * Adds the speaker's initial to the lines of a rendered transcript. If the line before is by the same speaker, the line
 * is marked with `data-same` instead, so that the name isn't repeated; a heading, figure or aside in between starts
 * anew.
 *
 * @param nameOf - returns the name to show for a person's id
 */
export function dressTranscript(html: string, nameOf: (id: string) => string): string {
  let before: { who: string; end: number } | undefined;
  return html.replace(LINE, (tag, who: string, at: number) => {
    const isSame = before?.who === who && !/<(h[2-6]|figure|aside)\b/.test(html.slice(before.end, at));
    before = { who, end: at + tag.length };
    return isSame ? tag.replace('data-who', 'data-same data-who') : tag + face(nameOf(who));
  });
}

function face(name: string): string {
  return `<span class="line-face initial tint-${tintOf(name)}" aria-hidden="true" data-search-ignore>${initialOf(name)}</span>`;
}
