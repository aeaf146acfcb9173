/** A place in a source, both counted from 1. */
export interface Spot {
  line: number;
  column: number;
}

/** Where a field of a source stands, as parsing noted it; the beginning where it did not. */
export function spotOf(place: readonly [line: number, column: number] = [1, 1]): Spot {
  const [line, column] = place;
  return { line, column };
}
