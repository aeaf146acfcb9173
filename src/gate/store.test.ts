import { beforeEach, expect, test, vi } from 'vitest';
import { importTierKeys } from '../vault/keys.ts';
import { members, SECRET } from '../vault/testkit.ts';
import { importToken, issueToken, parseToken } from '../vault/token.ts';
import type { Unwrapped } from './store.ts';

const { readStored, replaceStored } = vi.hoisted(() => ({
  readStored: vi.fn<() => Promise<unknown>>(),
  replaceStored: vi.fn<(base: string, key: string, value: unknown) => Promise<void>>(),
}));
vi.mock('./database.ts', () => ({ readStored }));
vi.mock('./replace-stored.ts', () => ({ replaceStored }));
const { readEnded, writeAccess, writeEnded } = await import('./store.ts');

/** Stands in for the browser's database. */
let stored: unknown;
const refuse = () => Promise.reject(new DOMException('no keys here', 'DataCloneError'));
const isRaw = (value: unknown) => 'raw' in (value as object);

let unwrapped: Required<Unwrapped>;
beforeEach(async () => {
  vi.clearAllMocks();
  stored = undefined;
  replaceStored.mockImplementation((_base, _key, value) => Promise.resolve(void (stored = value)));
  readStored.mockImplementation(() => Promise.resolve(stored));
  const token = parseToken(await issueToken(SECRET, 'anna', 1))!;
  const keys = await members();
  const root = new Uint8Array();
  const access = { token: await importToken(token), keys: [await importTierKeys(keys)], root };
  unwrapped = { access, raw: { token, keys: [keys], root } };
});

test('stores keys that can be used but not read', async () => {
  await writeAccess('/', unwrapped);
  expect(stored).toBe(unwrapped.access);
});

test.each<[string, (value: unknown) => Promise<void>]>([
  [
    'refuses to store key objects',
    (value) => (isRaw(value) ? Promise.resolve(void (stored = value)) : refuse()),
  ],
  [
    'gives back something other than the stored keys',
    (value) => Promise.resolve(void (stored = isRaw(value) ? value : { token: { key: {} }, keys: [] })),
  ],
])('stores the raw bytes of the keys when the browser %s', async (_, replace) => {
  replaceStored.mockImplementation((_base, _key, value) => replace(value));
  await writeAccess('/', unwrapped);
  expect(stored).toEqual({ raw: unwrapped.raw });
});

test('keeps no keys of a membership that has ended, not those of earlier builds either', async () => {
  const { access } = unwrapped;
  const { keys, root } = access;
  await writeEnded(
    '/',
    { reason: 'expired', date: '2026-11-22' },
    { access: { ...access, former: [{ keys, root }] } },
  );
  const { held } = (await readEnded('/'))!;
  expect(held.access).toEqual({ token: access.token, root, keys: [], former: [] });
});

test('does not try again when the keys are no longer wanted after the first attempt', async () => {
  replaceStored.mockImplementation(refuse);
  await writeAccess('/', unwrapped, () => false);
  expect(replaceStored).toHaveBeenCalledTimes(1);
});

test('stores no raw bytes when the browser doesn’t answer: it may store both, the bytes last', async () => {
  vi.useFakeTimers();
  replaceStored.mockImplementation(() => new Promise<never>(() => undefined));
  const writing = expect(writeAccess('/', unwrapped)).rejects.toThrow('too late');
  await vi.runAllTimersAsync();
  await writing;
  vi.useRealTimers();
  expect(replaceStored.mock.calls.map(([, , value]) => value)).toEqual([unwrapped.access]);
});

test('throws when the browser stores neither key objects nor raw bytes', async () => {
  replaceStored.mockImplementation(refuse);
  await expect(writeAccess('/', unwrapped)).rejects.toThrow('no keys here');
  await expect(writeAccess('/', { access: unwrapped.access })).rejects.toThrow('no keys here');
});
