/**
 * Maps with at most `size` at once, results in the order of the items: enough to keep all cores busy, little enough
 * to hold few copies.
 */
export async function inBatches<T, R>(
  items: T[],
  size: number,
  map: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let first = 0; first < items.length; first += size) {
    const batch = items.slice(first, first + size).map((item, i) => map(item, first + i));
    results.push(...(await Promise.all(batch)));
  }
  return results;
}
