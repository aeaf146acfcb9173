import { beforeEach, expect, test, vi } from 'vitest';
import { importTierKeys } from '../vault/keys.ts';
import { importToken, issueToken, parseToken } from '../vault/token.ts';
import { encodeRoot } from '../vault/root.ts';
import { members, SECRET } from '../vault/testkit.ts';
import type { Refusal } from './access.ts';
import type { Unwrapped } from './store.ts';

const { readAccess, readEnded, writeAccess } = vi.hoisted(() => ({
  readAccess: vi.fn<() => Promise<Unwrapped | undefined>>(),
  readEnded: vi.fn<() => Promise<{ held: Unwrapped } | undefined>>(),
  writeAccess: vi.fn<() => Promise<void>>(),
}));
const { unwrapAccess, renewAccess } = vi.hoisted(() => ({
  unwrapAccess: vi.fn<() => Promise<Unwrapped>>(),
  renewAccess: vi.fn<() => Promise<Unwrapped | Refusal>>(),
}));
vi.mock('./store.ts', () => ({ readAccess, readEnded, writeAccess }));
vi.mock('./access.ts', () => ({ unwrapAccess, renewAccess }));
const { unlock } = await import('./unlock.ts');

async function accessOf(id: string, hasKeys = true, build = 1): Promise<Unwrapped> {
  const token = await importToken(parseToken(await issueToken(SECRET, id, 1))!);
  const keys = hasKeys ? [await importTierKeys(await members())] : [];
  const name = '0'.repeat(32);
  const root = encodeRoot({
    ...{ format: 1, worker: 1, build, date: '2026-11-22', epoch: name, siteTag: token.siteTag },
    ...{ keystore: [name], tables: {} },
  });
  return { access: { token, keys, root } };
}

beforeEach(async () => {
  vi.clearAllMocks();
  unwrapAccess.mockResolvedValue(await accessOf('ben'));
});
const openBens = async () => unlock('/', await issueToken(SECRET, 'ben', 1), false);

test.each(['offline', 'broken'] as const)(
  'refuses another member’s link while the host can’t tell whether the stored member still has access: %s',
  async (reason) => {
    readAccess.mockResolvedValue(await accessOf('anna'));
    renewAccess.mockResolvedValue({ reason });
    expect(await openBens()).toEqual({ reason: 'other' });
    expect(writeAccess).not.toHaveBeenCalled();
  },
);

test.each<Refusal>([{ reason: 'removed', date: '2026-11-01' }, { reason: 'unknown' }])(
  'opens another member’s link when the stored member has lost access: $reason',
  async (refusal) => {
    readAccess.mockResolvedValue(await accessOf('anna'));
    renewAccess.mockResolvedValue(refusal);
    expect(await openBens()).toBeNull();
  },
);

test('opens another member’s link when the stored membership has ended, even offline', async () => {
  readAccess.mockResolvedValue(undefined);
  readEnded.mockResolvedValue({ held: await accessOf('anna', false) });
  renewAccess.mockResolvedValue({ reason: 'offline' });
  expect(await openBens()).toBeNull();
});

test('refuses the older build that a host held back until another tab had a newer one', async () => {
  readAccess.mockResolvedValueOnce(undefined).mockResolvedValue(await accessOf('ben', true, 2));
  expect(await openBens()).toEqual({ reason: 'broken' });
  expect(writeAccess).not.toHaveBeenCalled();
});
