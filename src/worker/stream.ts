import { openSegment, type Bytes, type MediaHead } from '../vault/index.ts';
import { openSealed, mediaCache } from './cache.ts';
import { sleep } from './sleep.ts';

/**
 * `whole`: as fast as possible, some segments ahead, as for an image or a download. `as played`: each segment on
 * demand, and after the first bytes at a limited rate. A media element requests everything from its position to the end
 * and reads as fast as it can, so without the limit a seek would waste segments that nobody hears.
 */
export type Pace = 'whole' | 'as played';

const ahead = { whole: 4, 'as played': 1 };
/** Bytes sent before the rate is limited: two seconds of speech at 64 kbit/s, enough for a player that probes first. */
const freeBytes = 16 * 1024;
/** Milliseconds between segments after that: with 64 KiB each some 2 Mbit/s, thirty times what speech needs. */
const interval = 250;

/** Streams the bytes from `start` to `end` (both inclusive), opening segments as the reader asks for them. */
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

/** The same answer, but calls back when its reader leaves before the end. */
export function untilLeft(answer: Response, left: () => void): Response {
  const reader = answer.body?.getReader();
  if (!reader) return answer;
  const body = new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: left,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, answer);
}

// A segment may fail while an earlier one is awaited, or after the reader has gone: that is no unhandled rejection.
function startSegment(head: MediaHead, index: number): Promise<Bytes> {
  const segment = readSegment(head, index);
  segment.catch(() => undefined);
  return segment;
}

/** Fetches and opens one segment. @throws as {@link openSealed} does */
export function readSegment(head: MediaHead, index: number): Promise<Bytes> {
  return openSealed(head.segments[index]!, mediaCache, (bytes) => openSegment(head, index, bytes));
}
