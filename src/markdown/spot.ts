/** A place in a source, both counted from 1. */
export interface Spot {
  line: number;
  column: number;
}

/** The place of an offset, which is counted in UTF-16 units. */
export function spotAt(source: string, offset: number): Spot {
  const above = source.slice(0, offset).split('\n');
  return { line: above.length, column: above.at(-1)!.length + 1 };
}

/** Where a field of a source stands, as parsing noted it; the beginning where it did not. */
export function spotOf(place: readonly [line: number, column: number] = [1, 1]): Spot {
  const [line, column] = place;
  return { line, column };
}
