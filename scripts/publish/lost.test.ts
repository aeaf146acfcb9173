import { describe, expect, test } from 'vitest';
import { knownOf } from '../lib/changes.ts';
import { parseMembers } from '../lib/members.ts';
import { assertMostStay, assertNoneLost } from './lost.ts';

const tiers = ['members', 'patrons', 'board'];
const line = (id: string, tier = 'members', removed?: string, serial = 1) => ({
  id,
  serial,
  tier,
  ...(removed && { removed }),
});
const patron = [line('anna'), line('anna', 'patrons')];
const check = (members: string, published: Parameters<typeof assertNoneLost>[1]) => () =>
  assertNoneLost(parseMembers(members, 'members.yaml').members, published, tiers);

test.each([
  ['- id: anna\n  tier: patrons', patron],
  ['- id: anna\n  tier: board', patron],
  ['- id: anna\n  lost: { patrons: 2026-11-01 }', patron],
  ['- id: anna\n  tier: patrons\n  removed: 2026-11-01', patron],
  ['- id: anna\n  serial: 2', patron],
  ['- id: anna', [line('anna'), line('anna', 'patrons', '2026-11-01')]],
])('%j loses nobody of the live site', (members, published) => {
  expect(check(members, published)).not.toThrow();
});

test('a missing line stops the publish, which prints the line to put back', () => {
  expect(check('', patron)).toThrow(/1 of the members .*\n- id: anna\n {2}tier: patrons$/);
  expect(check('', [line('anna'), line('anna', 'patrons', '2026-11-01')])).toThrow(
    /\n- id: anna\n {2}lost:\n {4}patrons: 2026-11-01$/,
  );
  expect(check('- id: ben', [line('ben'), line('ben', 'members', '2026-11-01', 3)])).toThrow(
    /\n- id: ben\n {2}serial: 3\n {2}removed: 2026-11-01$/,
  );
});

test('a tier removed without a tombstone stops the publish', () => {
  expect(check('- id: anna', patron)).toThrow(
    'publish: anna has the tier "patrons" on the last published site, but not in the members file. Restore "tier: patrons", or, if they should lose it, add to their line: lost: { patrons: DATE }',
  );
});

test('a tier may be named like a property that every object has', () => {
  const { members } = parseMembers('- id: anna', 'members.yaml');
  expect(() => assertNoneLost(members, [line('anna', 'constructor')], ['members', 'constructor'])).toThrow(
    'anna has the tier "constructor"',
  );
});

describe('a publish compared with the live site', () => {
  const shownOf = (ids: string) => Object.fromEntries(ids.split('').map((id) => [id, 'digest']));
  const hold = (live: string | null, ids: string) => () =>
    assertMostStay(shownOf(ids), knownOf(live === null ? null : shownOf(live)));

  test.each([
    ['ab', 'abc'],
    ['ab', 'a'],
    ['', ''],
    [null, ''],
  ])('passes when at least half of the pieces stay, or there were none: %j, %j', (live, ids) => {
    expect(hold(live, ids)).not.toThrow();
  });

  test.each([
    ['abc', 'a', 'shows 3 pieces, of which 1 would stay'],
    ['a', 'xyz', 'shows 1 piece, of which 0 would stay'],
  ])('is stopped when most of the pieces are gone: %j, %j', (live, ids, message) => {
    expect(hold(live, ids)).toThrow(message);
  });
});
