import { type Bytes, Cursor } from './bytes.ts';
import { powerOfTwo } from './padding.ts';

/**
 * The index of an id's shard of `count`, by its first four bytes. @throws RangeError unless `count` is a power of two.
 */
export function shardOf(id: Bytes, count: number): number {
  if (!Number.isInteger(count) || count < 1 || powerOfTwo(count) !== count) {
    throw new RangeError(`${count} is no power of two`);
  }
  return new Cursor(id).uint(4) % count;
}
