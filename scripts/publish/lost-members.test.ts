import { expect, test } from 'vitest';
import { parseMembers } from '../lib/members.ts';
import { assertNoneLost } from './lost-members.ts';

const tiers = ['members', 'patrons', 'board'];
const line = (id: string, tier = 'members', removed?: string, serial = 1) => ({
  id,
  serial,
  tier,
  ...(removed && { removed }),
});
const patron = [line('anna'), line('anna', 'patrons')];
const check = (members: string, published: Parameters<typeof assertNoneLost>[2]) => () =>
  assertNoneLost('members.yaml', parseMembers(members, 'members.yaml').members, published, tiers);

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
  expect(check('', patron)).toThrow(
    /1 of the members .* from the members file members\.yaml, .*\n- id: anna\n {2}tier: patrons$/,
  );
  expect(check('', [line('anna'), line('anna', 'patrons', '2026-11-01')])).toThrow(
    /\n- id: anna\n {2}lost:\n {4}patrons: 2026-11-01$/,
  );
  expect(check('- id: ben', [line('ben'), line('ben', 'members', '2026-11-01', 3)])).toThrow(
    /\n- id: ben\n {2}serial: 3\n {2}removed: 2026-11-01$/,
  );
});

test('a tier removed without a tombstone stops the publish', () => {
  expect(check('- id: anna', patron)).toThrow(
    'publish: anna has the tier "patrons" on the last published site, but not in members.yaml. Restore "tier: patrons", or, if they should lose it, add to their line: lost: { patrons: DATE }',
  );
});

test('a tier may be named like a property that every object has', () => {
  const { members } = parseMembers('- id: anna', 'members.yaml');
  expect(() =>
    assertNoneLost('members.yaml', members, [line('anna', 'constructor')], ['members', 'constructor']),
  ).toThrow('anna has the tier "constructor"');
});
