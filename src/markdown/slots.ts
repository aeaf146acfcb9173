/**
 * What a body needs from other files: names of people, addresses of entries, images. A body is rendered once and kept;
 * these gaps in it are filled each time, because they change without the body changing.
 */
export type Slot = { line: number; column: number } & (
  | { kind: 'person'; id: string }
  | { kind: 'link'; url: string }
  | { kind: 'image'; src: string; alt: string; title?: string }
  | { kind: 'audio'; src: string; title?: string }
  | { kind: 'attachment'; src: string; title: string }
);

/** HTML or text with gaps. A gap is the number of its slot between two U+0001, which no source may hold. */
export type Template = string;

/** The mark that stands in a template for its slot of this number. */
export function gap(index: number): string {
  return `\u0001${index}\u0001`;
}

// eslint-disable-next-line no-control-regex -- the mark of a gap
const GAPS = / href="\u0001(\d+)\u0001"|\u0001(\d+)\u0001/g;

/** Fills the gaps of a template. A link's filling is its whole attribute, so that a link without target has none. */
export function fill(template: Template, fillings: readonly string[]): string {
  return template.replace(GAPS, (_, link: string | undefined, other: string | undefined) => {
    return fillings[Number(link ?? other)]!;
  });
}

/** A template without its gaps, for ids, which must not change when another gap comes before. */
export function withoutGaps(template: Template): string {
  return template.replace(GAPS, '');
}
