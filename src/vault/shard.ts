import { type Bytes, Cursor } from './bytes.ts';
import { powerOfTwo } from './padding.ts';

/** Which of `count` shards an id belongs to, by its first four bytes. @throws RangeError unless `count` is a power of two. */
export function shardOf(id: Bytes, count: number): number {
  if (!Number.isInteger(count) || count < 1 || powerOfTwo(count) !== count) {
    throw new RangeError(`${count} is no power of two`);
  }
  return new Cursor(id).uint(4) % count;
}
