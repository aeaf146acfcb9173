/** A position in a source; line and column start at 1. */
export interface Spot {
  line: number;
  column: number;
}

/** Returns the offset at which each line of a text begins, in UTF-16 code units. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

/**
 * Returns a function that converts offsets in a source (UTF-16 code units) to positions. The source is only scanned on
 * the first call.
 */
export function spotsIn(source: string): (offset: number) => Spot {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(source);
    // Binary search: the last line that begins at or before the offset is in `starts[low]` to `starts[high - 1]`.
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

/** Returns the position of a field as recorded by the parser, or the beginning of the source if it wasn't recorded. */
export function spotOf(place: readonly [line: number, column: number] = [1, 1]): Spot {
  const [line, column] = place;
  return { line, column };
}
