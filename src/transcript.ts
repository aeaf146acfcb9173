import { initialOf, tintOf } from './initial.ts';

const LINE = /<div class="line" id="[^"]*" data-start="\d+" data-who="([^"]*)"><p class="line-head">/g;

/**
 * Puts a face to the lines of a rendered transcript: the speaker's initial, as elsewhere on the site. Lines that go on
 * with the speaker of the line before are marked (`data-same`) instead, so that the name need not be shown again; a
 * heading or quote in between begins anew.
 *
 * @param nameOf - how a person is called
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
