import { beforeEach, expect, test, vi } from 'vitest';

const { askGate } = vi.hoisted(() => ({ askGate: vi.fn<(message: unknown) => Promise<object>>() }));
vi.mock('../bridge.ts', () => ({ askGate }));
const { dropPages, NotKept, takePages } = await import('./take.ts');

const recording = 'https://kb.example/media/1.mp3';

/** Stands in for DOMParser: the files of a page. */
let shown: Record<string, string[]>;
beforeEach(() => {
  shown = { '/talks/a/': [recording] };
  askGate.mockResolvedValue({ reason: 'open', unkept: 2, since: 1 });
  vi.stubGlobal(
    'DOMParser',
    class {
      parseFromString = (address: string) => ({
        querySelectorAll: (selector: string) =>
          selector === '[src]' ? shown[address]!.map((file) => ({ getAttribute: () => file })) : [],
      });
    },
  );
  vi.stubGlobal('location', { href: 'https://kb.example/talks/a/' });
});

/** Stubs a host whose answer to `address` breaks off in the middle, by itself or when the request is aborted. */
function breakOff(address: string, isByItself: boolean): void {
  vi.stubGlobal('fetch', (asked: string, { signal }: { signal: AbortSignal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(asked));
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
])('reports a connection that is lost in the middle of %s', async (_, address) => {
  breakOff(address, true);
  expect(await take(new AbortController().signal)).toBe('offline');
});

test.each([
  ['a page', '/talks/a/'],
  ['a recording', recording],
])('does not report a lost connection when the member stops in the middle of %s', async (_, address) => {
  breakOff(address, false);
  const stop = new AbortController();
  const taken = take(stop.signal);
  setTimeout(() => stop.abort());
  expect(await taken).toBe('AbortError');
});

test.each([
  ['reports a full device when a file could not be stored', [{ unkept: 2 }, { unkept: 3 }], 'full', 1],
  ['ignores a failure from before it started', [{ unkept: 2 }, { unkept: 2 }], 'taken', 1],
  [
    'takes once more when the worker was restarted in between, which forgets its failures',
    [{ unkept: 2 }, { unkept: 0, since: 5 }, { unkept: 0, since: 5 }, { unkept: 0, since: 5 }],
    'taken',
    2,
  ],
  [
    'reports a full device when a file could not be stored the second time',
    [{ unkept: 0 }, { unkept: 0, since: 5 }, { unkept: 0, since: 5 }, { unkept: 1, since: 5 }],
    'full',
    2,
  ],
])('%s', async (_, settled, said, times) => {
  const fetched = vi.fn((asked: string) => Promise.resolve(new Response(asked)));
  vi.stubGlobal('fetch', fetched);
  for (const one of settled) askGate.mockResolvedValueOnce({ reason: 'open', since: 1, ...one });
  expect(await take(new AbortController().signal)).toBe(said);
  expect(fetched.mock.calls.filter(([asked]) => asked === recording)).toHaveLength(times);
});

test('reports a lost connection when the gate is still waiting for the host', async () => {
  askGate.mockRejectedValueOnce(new Error('too late'));
  expect(await take(new AbortController().signal)).toBe('offline');
});

test('can be stopped while the gate is still waiting for the host', async () => {
  askGate.mockReturnValueOnce(new Promise(() => undefined));
  const stop = new AbortController();
  const taken = take(stop.signal);
  stop.abort();
  expect(await taken).toBe('AbortError');
});

test('removing a piece keeps the files that another piece shows too', async () => {
  shown = { '/talks/a/': [recording, '/media/2.webp'], '/notes/b/': ['/media/2.webp'] };
  vi.stubGlobal('fetch', (asked: string) => Promise.resolve(new Response(asked)));
  await dropPages(['/talks/a/'], ['/notes/b/']);
  const addresses = ['https://kb.example/talks/a/', recording];
  expect(askGate.mock.calls).toEqual([[{ verb: 'drop', addresses }]]);
});
