import { initialOf, tintOf } from './initial.ts';

/** Widths in em of a Han character, of any other in bold type, and of a name that fits the margin of a wide page. */
const WIDTH = { han: 1, other: 0.6, margin: 3 };

const LINE = /<div class="line" id="[^"]*" data-start="\d+" data-who="([^"]*)"><p class="line-head">/g;

/** The beginning of a group of lines. */
const GROUP = '<div class="lines';

/**
 * Adds the speaker's initial to the lines of a rendered transcript. If the line before is by the same speaker, the line
 * is marked with `data-same` instead, so that the name isn't repeated; a heading, figure or aside in between starts
 * anew. If a name is too long for the margin of a wide page, all of these lines have their names above the words.
 *
 * @param nameOf - returns the name to show for a person's id
 */
export function dressTranscript(html: string, nameOf: (id: string) => string): string {
  let before: { who: string; end: number } | undefined;
  const named = new Set<string>();
  const dressed = html.replace(LINE, (tag, who: string, at: number) => {
    const isSame = before?.who === who && !/<(h[2-6]|figure|aside)\b/.test(html.slice(before.end, at));
    before = { who, end: at + tag.length };
    named.add(nameOf(who));
    return isSame ? tag.replace('data-who', 'data-same data-who') : tag + face(nameOf(who));
  });
  return [...named].every(fitsMargin) ? dressed : dressed.replaceAll(GROUP, `${GROUP} named-above`);
}

function fitsMargin(name: string): boolean {
  const widths = Array.from(name, (one) => (/\p{Script=Han}/u.test(one) ? WIDTH.han : WIDTH.other));
  return widths.reduce((sum, width) => sum + width, 0) <= WIDTH.margin;
}

function face(name: string): string {
  return `<span class="line-face initial tint-${tintOf(name)}" aria-hidden="true" data-search-ignore>${initialOf(name)}</span>`;
}
