/**
 * Maps the items in batches of `size` that run concurrently, and returns the results in the order of the items. A batch
 * keeps all cores busy, and bounds the number of copies held in memory.
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
