import { expect, test, vi } from 'vitest';
import {
  deriveTierKeys,
  objectAddress,
  sealKeyStore,
  type KeyStoreMember,
  type Root,
} from '../../src/vault/index.ts';
import { settleEnds } from './ends.ts';
import { parseMembers } from './members.ts';
import { resolveMembership } from './membership.ts';

const secret = new Uint8Array(32).fill(9);
const epoch = '5'.repeat(32);

/**
 * Returns the end that the doors state for "ben" in a build of 2026-11-23, after the build of 2026-11-20 stated `last`.
 */
async function endOf(last: KeyStoreMember[], expires: string, spoil?: (shard: Uint8Array) => void) {
  const tiers = [await deriveTierKeys(secret, 'members', epoch)];
  const files = await sealKeyStore({ secret, epoch, tiers, members: last });
  const bytes = new Map(files.map((file) => [objectAddress(file.name), file.bytes]));
  for (const shard of bytes.values()) spoil?.(shard);
  const root = { date: '2026-11-20', epoch, keystore: files.map(({ name }) => name) } as Root;
  const { members } = parseMembers(`- id: anna\n- id: ben\n  expires: ${expires}\n`, 'members.yaml');
  const membership = resolveMembership(members, [], '2026-11-23', ['members']);
  const settled = await settleEnds(membership, secret, {
    root,
    read: (path) => Promise.resolve(bytes.get(path) ?? null),
  });
  expect(settled.tokens[0]).toEqual(membership.tokens[0]);
  const ben = settled.tokens[1]!;
  return ben.state === 'expired' ? ben.date : ben.state;
}

const isIn: KeyStoreMember[] = [{ id: 'ben', serial: 1, tier: 'members' }];
const ended = (date: string): KeyStoreMember[] => [{ id: 'ben', serial: 1, notice: 'expired', date }];

test('an expiry moved back to before the last build ends on the day of that build, with a warning', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  expect(await endOf(isIn, '2026-11-21')).toBe('2026-11-21');
  expect(await endOf(ended('2026-11-15'), '2026-10-01')).toBe('2026-11-15');
  expect(warn).not.toHaveBeenCalled();
  expect(await endOf(isIn, '2026-10-01')).toBe('2026-11-20');
  expect(warn.mock.lastCall?.[0]).toMatch(
    /"ben" expired on 2026-10-01 .* of 2026-11-20, let them in.* an old copy/,
  );
});

test('a later build keeps the end that the last build stated', async () => {
  expect(await endOf(ended('2026-11-15'), '2026-10-01')).toBe('2026-11-15');
});

test('an expiry that has just passed is stated as it is', async () => {
  expect(await endOf(isIn, '2026-11-21')).toBe('2026-11-21');
  expect(await endOf(ended('2026-10-01'), '2026-10-01')).toBe('2026-10-01');
  expect(await endOf([], '2026-10-01')).toBe('2026-10-01');
});

test('a corrupt key store of the last build does not stop the build', async () => {
  expect(await endOf(isIn, '2026-10-01', (shard) => shard.fill(1))).toBe('2026-10-01');
});
