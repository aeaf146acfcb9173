import { beforeEach, expect, test, vi } from 'vitest';

vi.mock('../bridge.ts', () => ({ askGate: () => Promise.resolve({ reason: 'open', hasKept: true }) }));
const { NotKept, takePages } = await import('./take.ts');

const recording = 'https://kb.example/media/1.mp3';

/** A page that plays one recording, of which so much comes, and then no more. */
beforeEach(() => {
  const audio = { getAttribute: () => recording };
  const page = { querySelectorAll: (selector: string) => (selector === '[src]' ? [audio] : []) };
  vi.stubGlobal(
    'DOMParser',
    class {
      parseFromString = () => page;
    },
  );
  vi.stubGlobal('location', { href: 'https://kb.example/talks/a/' });
});

/** A host whose answer to `address` breaks off in the middle, by itself or when nobody waits for it any more. */
function breakOff(address: string, isByItself: boolean): void {
  vi.stubGlobal('fetch', (asked: string, { signal }: { signal: AbortSignal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(3));
        if (asked !== address) controller.close();
        else if (isByItself) controller.error(new TypeError('network error'));
        else signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body));
  });
}

const take = (signal: AbortSignal) =>
  takePages(['/talks/a/'], signal, () => undefined).then(
    () => 'taken',
    (error: unknown) => (error instanceof NotKept ? error.reason : (error as Error).name),
  );

test.each([
  ['a page', '/talks/a/'],
  ['a recording', recording],
])('says that there is no connection where it is lost in the middle of %s', async (_, address) => {
  breakOff(address, true);
  expect(await take(new AbortController().signal)).toBe('offline');
});

test.each([
  ['a page', '/talks/a/'],
  ['a recording', recording],
])('does not say so to who stops it in the middle of %s', async (_, address) => {
  breakOff(address, false);
  const stop = new AbortController();
  const taken = take(stop.signal);
  setTimeout(() => stop.abort());
  expect(await taken).toBe('AbortError');
});
