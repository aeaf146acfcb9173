import { beforeEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../gate/access.ts';
import type { Access, Unwrapped } from '../gate/store.ts';
import { encodeRoot, parseRoot, type Bytes } from '../vault/index.ts';

const { readAccess, readEnded, writeAccess, writeEnded, renewAccess } = vi.hoisted(() => ({
  readAccess: vi.fn<() => Promise<Unwrapped | undefined>>(),
  writeAccess: vi.fn<(base: string, access: Unwrapped, isWanted: () => boolean) => Promise<void>>(),
  readEnded: vi.fn(() => Promise.resolve({})),
  writeEnded: vi.fn(() => Promise.resolve()),
  renewAccess: vi.fn<(base: string, held: Unwrapped) => Promise<Unwrapped | Refusal>>(),
}));
vi.mock('../gate/store.ts', () => ({ readAccess, readEnded, writeAccess, writeEnded }));
vi.mock('../gate/access.ts', () => ({ renewAccess }));
vi.mock('../gate/link.ts', () => ({ isSameToken: (a: unknown, b: unknown) => Promise.resolve(a === b) }));
vi.stubGlobal('__BASE__', '/');
vi.stubGlobal('caches', { keys: () => Promise.resolve([]) });
const { currentAccess, forgetHeld, hasEnded, hold, lastRefusal, lockHeld, renewUnlessSince } =
  await import('./session.ts');

/** A member's access to a build; the token is the member's name. */
function accessOf(
  member: unknown,
  build: number,
  worker = 1,
  former?: Unwrapped,
  tiers = ['members'],
): Unwrapped {
  const name = '0'.repeat(32);
  const root: Bytes = encodeRoot({
    ...{ format: 1, worker, build, date: '2026-11-22', epoch: name, siteTag: 0 },
    ...{ keystore: [name], tables: {} },
  });
  const access = {
    token: member,
    keys: tiers.map((tier) => ({ tier, epoch: name })),
    root,
  } as unknown as Access;
  if (former) access.former = [{ keys: former.access.keys, root: former.access.root }];
  return { access };
}
const whose = async () => (await currentAccess())?.token;

/** Makes the store answer only when the returned function is called. */
function slowStore(): (stored: Unwrapped) => void {
  let answer!: (stored: Unwrapped) => void;
  readAccess.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  return (stored) => answer(stored);
}

beforeEach(() => {
  vi.clearAllMocks();
  writeAccess.mockResolvedValue();
  forgetHeld();
  // The host has a newer build for everybody.
  renewAccess.mockImplementation((_, { access }) => Promise.resolve(accessOf(access.token, 2)));
});

test('holds the stored access, renewed from the host', async () => {
  readAccess.mockResolvedValue(accessOf('anna', 1));
  await renewUnlessSince(performance.now());
  expect(await whose()).toBe('anna');
  expect(writeAccess).toHaveBeenCalledWith(
    '/',
    accessOf('anna', 2, 1, accessOf('anna', 1)),
    expect.any(Function),
  );
});

test('no longer wants a renewed access written after a log-out', async () => {
  readAccess.mockResolvedValue(accessOf('anna', 1));
  await renewUnlessSince(performance.now());
  const [, , isWanted] = writeAccess.mock.lastCall!;
  expect(isWanted()).toBe(true);
  lockHeld();
  expect(isWanted()).toBe(false);
});

test('writes nothing after a log-out that comes while it is still reading the store', async () => {
  const answer = slowStore();
  const renewed = renewUnlessSince(performance.now());
  const asked = whose();
  lockHeld();
  answer(accessOf('anna', 1));
  await renewed;
  expect(writeAccess).not.toHaveBeenCalled();
  expect(await asked).toBeUndefined();
  expect(await whose()).toBeUndefined();
});

test.each([
  ['a newer build', accessOf('anna', 2)],
  ['a notice', { reason: 'removed', date: '2026-11-20' } as const],
])('writes nothing after a log-out that comes just after the host has sent %s', async (_, sent) => {
  readAccess.mockResolvedValue(accessOf('anna', 1));
  await whose();
  const answer = slowStore();
  renewAccess.mockResolvedValue(sent);
  const renewed = renewUnlessSince(performance.now());
  await vi.waitFor(() => expect(readAccess).toHaveBeenCalledTimes(2));
  lockHeld();
  answer(accessOf('anna', 1));
  await renewed;
  expect(writeAccess).not.toHaveBeenCalled();
  expect(writeEnded).not.toHaveBeenCalled();
});

test('reads the store no more once a log-out is deleting it', async () => {
  readAccess.mockResolvedValue(accessOf('anna', 1));
  let send: ((newer: Unwrapped) => void) | undefined;
  renewAccess.mockReturnValue(new Promise((resolve) => (send = resolve)));
  const renewed = renewUnlessSince(performance.now());
  await vi.waitFor(() => expect(renewAccess).toHaveBeenCalled());
  lockHeld();
  readAccess.mockClear();
  send!(accessOf('anna', 2));
  await renewed;
  expect(await hasEnded()).toBe(false);
  expect(readAccess).not.toHaveBeenCalled();
  expect(readEnded).not.toHaveBeenCalled();
});

test('looks for a membership that ended once the host has said so', async () => {
  readAccess.mockResolvedValue(accessOf('anna', 1));
  renewAccess.mockResolvedValue({ reason: 'removed', date: '2026-11-20' });
  expect(await hasEnded()).toBe(false);
  await renewUnlessSince(performance.now());
  expect(await hasEnded()).toBe(true);
  lockHeld();
  expect(await hasEnded()).toBe(false);
});

test('brings no access back that was removed from the store while the host was asked', async () => {
  readAccess.mockResolvedValueOnce(accessOf('anna', 1)).mockResolvedValue(undefined);
  await renewUnlessSince(performance.now());
  expect(writeAccess).not.toHaveBeenCalled();
  expect(await whose()).toBeUndefined();
});

test('renews the access of a page in a browser that stores nothing, and keeps the newest build it has seen', async () => {
  readAccess.mockResolvedValue(undefined);
  const keep = vi.fn<(renewed: Unwrapped) => void>();
  hold(accessOf('anna', 1), keep);
  await renewUnlessSince(performance.now());
  expect(parseRoot((await currentAccess())!.root).build).toBe(2);
  expect(keep.mock.calls.map(([{ access }]) => parseRoot(access.root).build)).toEqual([2]);
});

test('uses what a page stores while it is still reading the older state', async () => {
  const answer = slowStore();
  const renewed = renewUnlessSince(performance.now());
  readAccess.mockResolvedValue(accessOf('ben', 1));
  forgetHeld();
  expect(await whose()).toBe('ben');
  answer(accessOf('anna', 1));
  await renewed;
  expect(await whose()).toBe('ben');
  expect(writeAccess.mock.calls.flat()).not.toContainEqual(accessOf('anna', 2));
});

test('uses what another tab has stored while the host was asked, and writes nothing', async () => {
  readAccess.mockResolvedValueOnce(accessOf('anna', 1)).mockResolvedValue(accessOf('ben', 1));
  await renewUnlessSince(performance.now());
  expect(await whose()).toBe('ben');
  expect(writeAccess).not.toHaveBeenCalled();
});

test.each([
  ['an older build', accessOf('anna', 2)],
  ['an older notice', { reason: 'removed', date: '2026-11-20' } as const],
])('keeps the newer build that another tab has stored while the host held back %s', async (_, answer) => {
  readAccess.mockResolvedValueOnce(accessOf('anna', 1)).mockResolvedValue(accessOf('anna', 3));
  renewAccess.mockResolvedValue(answer);
  await renewUnlessSince(performance.now());
  expect(parseRoot((await currentAccess())!.root).build).toBe(3);
  expect(writeAccess).not.toHaveBeenCalled();
  expect(writeEnded).not.toHaveBeenCalled();
});

test('reads the store once for concurrent requests, even when nothing is stored', async () => {
  readAccess.mockResolvedValue(undefined);
  expect(await Promise.all([whose(), whose(), whose()])).toEqual([undefined, undefined, undefined]);
  expect(readAccess).toHaveBeenCalledTimes(1);
  readAccess.mockResolvedValue(accessOf('anna', 1));
  expect(await whose()).toBe('anna');
});

test('keeps two builds before the newest, without those that opened a tier which the member has lost', async () => {
  const builds = (former: Access['former'] = []) => former.map(({ root }) => parseRoot(root).build);
  const kept: number[][] = [];
  let stored = accessOf('anna', 1, 1, undefined, ['members', 'board']);
  // In the last build, the member has lost `team` for another tier, which makes as many.
  for (const [at, tiers] of [
    ['members', 'board'],
    ['members', 'board'],
    ['members'],
    ['members', 'team'],
    ['members', 'guests'],
  ].entries()) {
    const renewed = accessOf('anna', at + 2, 1, undefined, tiers);
    readAccess.mockResolvedValue(stored);
    renewAccess.mockResolvedValue(renewed);
    forgetHeld();
    await renewUnlessSince(performance.now());
    kept.push(builds(renewed.access.former));
    stored = renewed;
  }
  expect(kept).toEqual([[1], [2, 1], [], [4], [4]]);
});

test('unregisters itself and lets nobody in when the site needs a newer worker', async () => {
  const unregister = vi.fn(() => Promise.resolve(true));
  vi.stubGlobal('self', { registration: { unregister } });
  readAccess.mockResolvedValue(accessOf('anna', 1));
  renewAccess.mockResolvedValue(accessOf('anna', 2, 999));
  await renewUnlessSince(performance.now());
  expect(unregister).toHaveBeenCalledTimes(1);
  expect(await whose()).toBeUndefined();
  expect(lastRefusal()).toEqual({ reason: 'broken' });
  expect(writeAccess).toHaveBeenCalledWith(
    '/',
    accessOf('anna', 2, 999, accessOf('anna', 1)),
    expect.any(Function),
  );
});

test('asks the host once for concurrent requests, and again only for a later one', async () => {
  vi.useFakeTimers();
  readAccess.mockResolvedValue(accessOf('anna', 1));
  const asked = performance.now();
  await Promise.all([renewUnlessSince(asked), renewUnlessSince(asked)]);
  await vi.advanceTimersByTimeAsync(10);
  await renewUnlessSince(asked - 1);
  expect(renewAccess).toHaveBeenCalledTimes(1);
  await renewUnlessSince(performance.now());
  expect(renewAccess).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
