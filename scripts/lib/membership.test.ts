import { describe, expect, test } from 'vitest';
import { parseMembers } from './members.ts';
import { resolveMembership } from './membership.ts';

const today = '2026-11-22';
const tiers = ['members', 'patrons', 'board'];
const read = (text: string) => parseMembers(text, 'members.yaml').members;
const resolve = (text: string, known: Parameters<typeof resolveMembership>[1] = []) =>
  resolveMembership(read(text), known, today, tiers);
const line = (id: string, removed?: string, serial = 1, tier = 'members') => ({
  id,
  serial,
  tier,
  ...(removed && { removed }),
});

describe('who opens the next build', () => {
  test('removed and expired members are revoked, and others are not', () => {
    const { tokens, revoked, warnings } = resolve(`
- id: anna
- id: carl
  removed: 2026-11-01
- id: dora
  expires: 2026-11-21
- id: emil
  expires: 2026-11-22
`);
    expect(tokens.map(({ id, state }) => [id, state])).toEqual([
      ['anna', 'active'],
      ['carl', 'removed'],
      ['dora', 'expired'],
      ['emil', 'active'],
    ]);
    expect(revoked.map(({ id }) => id)).toEqual(['carl', 'dora']);
    expect(warnings).toEqual([]);
  });

  test('a removal that is dated in the future counts at once, and says so the first time', () => {
    const text = '- id: anna\n- id: carl\n  removed: 2027-01-01\n';
    const { tokens, warnings, ledger } = resolve(text, [line('anna'), line('carl')]);
    expect(tokens.map(({ state }) => state)).toEqual(['active', 'removed']);
    expect(warnings).toEqual([
      'members: "carl" has "removed: 2027-01-01", a day still to come, and is shut out from now on; to let them in until a day, write "expires: DATE" instead',
    ]);
    expect(resolve(text, ledger).warnings).toEqual([]);
  });

  test('a higher serial revokes the lower ones', () => {
    const { tokens, revoked } = resolve('- id: anna\n  serial: 3\n');
    expect(tokens.filter(({ state }) => state === 'active')).toEqual([
      { id: 'anna', serial: 3, tier: 'members', state: 'active' },
    ]);
    expect(revoked.map(({ serial }) => serial)).toEqual([1, 2]);
  });

  test('a deleted line counts as a removal, in this build and in later ones', () => {
    const first = resolve('- id: anna\n', [line('anna'), line('ben')]);
    expect(first.revoked).toEqual([{ id: 'ben', serial: 1, tier: 'members' }]);
    expect(first.warnings).toEqual([
      expect.stringContaining('- { id: ben, serial: 1, removed: 2026-11-22 }'),
    ]);
    const second = resolve('- id: anna\n', first.ledger);
    expect(second.revoked).toEqual(first.revoked);
    expect(second.warnings).toEqual([]);
  });

  test('an old copy of the file lets nobody back in', () => {
    const { tokens, warnings } = resolve('- id: ben\n', [line('ben', '2026-11-02')]);
    expect(tokens).toEqual([{ id: 'ben', serial: 1, tier: 'members', state: 'removed', date: '2026-11-02' }]);
    expect(warnings).toEqual([expect.stringMatching(/same serial 1.*reissue ben/)]);
  });

  test('lowering a serial revokes the newer token too', () => {
    const { revoked } = resolve('- id: ben\n', [line('ben', '2026-11-02'), line('ben', undefined, 2)]);
    expect(revoked.map(({ serial }) => serial)).toEqual([1, 2]);
  });

  test('an added member changes nothing for the others', () => {
    const before = resolve('- id: carl\n  removed: 2026-11-01\n');
    const after = resolve('- id: carl\n  removed: 2026-11-01\n- id: new\n', before.ledger);
    expect(after.revoked).toEqual(before.revoked);
  });

  test('a postponed expiry lets the same token in again', () => {
    const { ledger } = resolve('- id: dora\n  expires: 2026-11-01\n');
    const { revoked, warnings } = resolve('- id: dora\n  expires: 2027-11-01\n', ledger);
    expect(revoked).toEqual([]);
    expect(warnings).toEqual([]);
  });
});

describe('tiers', () => {
  const spell = (lines: { id: string; serial: number; tier: string; removed?: string }[]) =>
    lines.map(({ id, serial, tier, removed = '' }) => `${id} ${serial} ${tier} ${removed}`.trim());
  const patron = [line('anna'), line('anna', undefined, 1, 'patrons')];

  test('a member of a tier also has the tiers below', () => {
    const { tokens, revoked, ledger } = resolve('- id: anna\n  tier: board\n- id: ben\n');
    expect(tokens.map(({ id, tier }) => `${id} ${tier}`)).toEqual(['anna board', 'ben members']);
    expect(revoked).toEqual([]);
    expect(spell(ledger)).toEqual(['anna 1 members', 'anna 1 patrons', 'anna 1 board', 'ben 1 members']);
  });

  test('gaining a tier revokes nothing, and losing one revokes it', () => {
    const up = resolve('- id: anna\n  tier: patrons\n', [line('anna')]);
    expect(up.revoked).toEqual([]);
    const down = resolve('- id: anna\n  lost: { patrons: 2026-11-20 }\n', up.ledger);
    expect(spell(down.revoked)).toEqual(['anna 1 patrons']);
    expect(down.tokens).toEqual([{ id: 'anna', serial: 1, tier: 'members', state: 'active' }]);
    expect(down.warnings).toEqual([]);
    // The tombstone alone has the same effect: a build into an empty folder has no ledger.
    expect(resolve('- id: anna\n  lost: { patrons: 2026-11-20 }\n').revoked).toEqual(down.revoked);
  });

  test('a tier lost without a tombstone is revoked too, with a warning', () => {
    const { revoked, warnings, ledger } = resolve('- id: anna\n', patron);
    expect(spell(revoked)).toEqual(['anna 1 patrons']);
    expect(warnings).toEqual([expect.stringContaining('lost: { patrons: 2026-11-22 }')]);
    expect(resolve('- id: anna\n', ledger).warnings).toEqual([]);
  });

  test('an old copy of the file does not give back a tier', () => {
    const { ledger } = resolve('- id: anna\n', patron);
    const { tokens, revoked, warnings } = resolve('- id: anna\n  tier: patrons\n', ledger);
    expect(tokens).toEqual([{ id: 'anna', serial: 1, tier: 'members', state: 'active' }]);
    expect(spell(revoked)).toEqual(['anna 1 patrons']);
    expect(warnings).toEqual([expect.stringContaining('reissue anna')]);
  });

  test('losing a tier in the middle also loses the tiers above it', () => {
    const { tokens } = resolve('- id: anna\n  tier: board\n  lost: { patrons: 2026-11-01 }\n');
    expect(tokens.map(({ tier }) => tier)).toEqual(['members']);
  });

  test('the next serial has the lost tier again, and the one before has nothing', () => {
    const { ledger } = resolve('- id: anna\n', patron);
    const { tokens, revoked } = resolve('- id: anna\n  serial: 2\n  tier: patrons\n', ledger);
    expect(tokens.map(({ serial, tier, state }) => `${serial} ${tier} ${state}`)).toEqual([
      '1 members removed',
      '2 patrons active',
    ]);
    expect(spell(revoked)).toEqual(['anna 1 members', 'anna 1 patrons']);
  });

  test('removed and expired members lose each tier they had', () => {
    expect(spell(resolve('- id: anna\n  tier: patrons\n  removed: 2026-11-01\n', patron).revoked)).toEqual([
      'anna 1 members',
      'anna 1 patrons',
    ]);
    const { revoked, ledger } = resolve('- id: anna\n  tier: patrons\n  expires: 2026-11-01\n', patron);
    expect(spell(revoked)).toEqual(['anna 1 members', 'anna 1 patrons']);
    expect(resolve('- id: anna\n  tier: patrons\n', ledger).revoked).toEqual([]);
  });

  test('a member removed after a downgrade is not confused with one who was only downgraded', () => {
    // The epoch is derived from this set: if the two sets were equal, she would hold keys of the other's epoch.
    const down = resolve('- id: anna\n  lost: { patrons: 2026-11-20 }\n', patron);
    const gone = resolve('- id: anna\n  lost: { patrons: 2026-11-20 }\n  removed: 2026-11-21\n', down.ledger);
    expect(gone.revoked).not.toEqual(down.revoked);
  });

  test('reordering the tiers revokes a tier that a member loses by it', () => {
    const { ledger } = resolve('- id: anna\n  tier: patrons\n');
    const { revoked } = resolveMembership(read('- id: anna\n  tier: board\n'), ledger, today, [
      'members',
      'board',
      'patrons',
    ]);
    expect(spell(revoked)).toEqual(['anna 1 patrons']);
  });
});
