import { openSegment, type Bytes, type MediaHead } from '../vault/index.ts';
import { openSealed, mediaCache } from './cache.ts';
import { sleep } from './sleep.ts';

/**
 * `whole`: as fast as it comes, some segments ahead, as for an image or a download. `as played`: a segment when it
 * is asked for and, past the first, not many a second. A media element asks for everything from where it is to the
 * end and drinks as fast as it is poured; a jump would pay for segments that nobody hears.
 */
export type Pace = 'whole' | 'as played';

const ahead = { whole: 4, 'as played': 1 };
/** So much comes at once: two seconds of speech at 64 kbit/s, with room for a player that first looks around. */
const freeBytes = 16 * 1024;
/** After that a segment at a time: with 64 KiB some 2 Mbit/s, thirty times what speech needs. */
const interval = 250;

/** Streams the bytes from `start` to `end` (both included), opening segments as the reader asks for them. */
export function streamMedia(head: MediaHead, start: number, end: number, pace: Pace): ReadableStream<Bytes> {
  const { segmentSize } = head;
  const first = Math.floor(start / segmentSize);
  const last = Math.floor(end / segmentSize);
  const coming: Promise<Bytes>[] = [];
  let asked = first;
  let index = first;
  let poured = 0;
  let isLeft = false;

  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        if (pace === 'as played' && poured >= freeBytes) await sleep(interval);
        if (isLeft) return;
        while (asked <= last && asked < index + ahead[pace]) coming.push(startSegment(head, asked++));
        const bytes = await coming.shift();
        if (!bytes) {
          controller.close();
          return;
        }
        const offset = index * segmentSize;
        const part = bytes.subarray(Math.max(start - offset, 0), end + 1 - offset);
        controller.enqueue(part);
        poured += part.length;
        if (index === last) controller.close();
        index += 1;
      },
      cancel() {
        isLeft = true;
      },
    },
    { highWaterMark: 0 },
  );
}

// One that fails while an earlier one is still awaited, or after the reader has gone, is nobody's unhandled error.
function startSegment(head: MediaHead, index: number): Promise<Bytes> {
  const segment = readSegment(head, index);
  segment.catch(() => undefined);
  return segment;
}

/** Fetches and opens one segment. Throws as {@link openSealed} does. */
export function readSegment(head: MediaHead, index: number): Promise<Bytes> {
  return openSealed(head.segments[index]!, mediaCache, (bytes) => openSegment(head, index, bytes));
}
