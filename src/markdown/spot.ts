/** A place in a source, both counted from 1. */
export interface Spot {
  line: number;
  column: number;
}

/** The offset at which each line of a text begins, in UTF-16 units. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

/** Gives the place of any offset in a source, counted in UTF-16 units. The source is read once, at the first question. */
export function spotsIn(source: string): (offset: number) => Spot {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(source);
    // The last line that begins at the offset or before it is in `starts[low]` to `starts[high - 1]`.
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

/** Where a field of a source stands, as parsing noted it; the beginning where it did not. */
export function spotOf(place: readonly [line: number, column: number] = [1, 1]): Spot {
  const [line, column] = place;
  return { line, column };
}
