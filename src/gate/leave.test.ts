import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GateMessage } from './message.ts';

const never = () => new Promise<never>(() => undefined);
const done: string[] = [];
const does = (name: string) => () => Promise.resolve(void done.push(name));

const askGate = vi.hoisted(() => vi.fn<(message: GateMessage) => Promise<unknown>>());
const deleteStored = vi.hoisted(() => vi.fn<() => Promise<void>>());
vi.mock('../storage.ts', () => ({ clearStorage: () => done.push('storage') }));
vi.mock('./database.ts', () => ({ deleteStored }));
vi.mock('./left.ts', () => ({ tellTabs: () => done.push('tabs') }));
vi.mock(import('./bridge.ts'), async (original) => ({ ...(await original()), askGate: askGate as never }));
vi.stubGlobal('__BASE__', '/');
const { leave } = await import('./leave.ts');

const unregister = vi.fn<() => Promise<void>>();
const page = new EventTarget();
const keys = vi.fn<() => Promise<string[]>>();

beforeEach(() => {
  done.length = 0;
  askGate.mockImplementation(({ verb }) => does(verb)());
  deleteStored.mockImplementation(does('keys'));
  unregister.mockImplementation(does('worker'));
  keys.mockResolvedValue(['gate / theme', 'gate /other/ theme']);
  vi.stubGlobal('location', { href: 'https://kb.example/account/' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('caches', { keys, delete: (name: string) => does(name)() });
  const registration = { scope: 'https://kb.example/', unregister };
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => Promise.resolve(registration) } });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function leaveInTime(): Promise<string[]> {
  const left = leave('/');
  await vi.advanceTimersByTimeAsync(15_000);
  await left;
  return done;
}

test('leaving deletes the keys before anything that may take long', async () => {
  expect(await leaveInTime()).toEqual([
    'lock',
    'storage',
    'keys',
    'settle',
    'gate / theme',
    'worker',
    'tabs',
  ]);
});

test('leaving deletes what the page still stores until it goes', async () => {
  await leaveInTime();
  done.length = 0;
  page.dispatchEvent(new Event('pagehide'));
  expect(done).toEqual(['storage']);
});

test.each([
  [
    'the worker does not answer',
    () => askGate.mockImplementation(never),
    ['storage', 'keys', 'gate / theme', 'worker', 'tabs'],
  ],
  [
    'another tab holds the key database open',
    () => deleteStored.mockImplementation(never),
    ['lock', 'storage', 'settle', 'gate / theme', 'worker', 'tabs'],
  ],
  [
    'the caches do not answer',
    () => keys.mockImplementation(never),
    ['lock', 'storage', 'keys', 'settle', 'worker', 'tabs'],
  ],
  [
    'the worker can’t be unregistered',
    () => unregister.mockImplementation(never),
    ['lock', 'storage', 'keys', 'settle', 'gate / theme', 'tabs'],
  ],
])('leaving ends and does everything else when %s', async (_, hang, rest) => {
  hang();
  expect(await leaveInTime()).toEqual(rest);
});
