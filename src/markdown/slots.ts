/**
 * Data that a body needs from other files: names of people, addresses of entries, images. A body is rendered once and
 * cached; its gaps are filled on every load, because this data changes independently of the body.
 */
export type Slot = { line: number; column: number } & (
  | { kind: 'person'; id: string }
  | { kind: 'link'; url: string }
  | { kind: 'image'; src: string; alt: string; title?: string; isInText?: true }
  | { kind: 'audio'; src: string; title?: string }
  | { kind: 'attachment'; src: string; title: string }
);

/**
 * HTML or text with gaps. A gap is the number of its slot between two U+0001, a character that no source may contain.
 */
export type Template = string;

/** Returns the placeholder for the slot with this number. */
export function gap(index: number): string {
  return `\u0001${index}\u0001`;
}

// eslint-disable-next-line no-control-regex -- the mark of a gap
const GAPS = / href="\u0001(\d+)\u0001"|\u0001(\d+)\u0001/g;

/**
 * Fills the gaps of a template. A link's filling is its whole `href` attribute, so that a link without target has none.
 */
export function fill(template: Template, fillings: readonly string[]): string {
  return template.replace(GAPS, (_, link: string | undefined, other: string | undefined) => {
    return fillings[Number(link ?? other)]!;
  });
}

/** Removes the gaps from a template. Used for ids, which must not change when another gap is added before. */
export function withoutGaps(template: Template): string {
  return template.replace(GAPS, '');
}
