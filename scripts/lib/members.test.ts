import { describe, expect, test } from 'vitest';
import { parseMembers, resolveMembership } from './members.ts';

const today = '2026-11-22';
const read = (text: string) => parseMembers(text, 'members.yaml').members;
const resolve = (text: string, known: Parameters<typeof resolveMembership>[1] = []) =>
  resolveMembership(read(text), known, today);
const line = (id: string, removed?: string, serial = 1) => ({
  id,
  serial,
  tier: 'members',
  ...(removed && { removed }),
});

describe('members.yaml', () => {
  test.each([
    ['- id: [', /members\.yaml:1: not YAML/],
    ['id: anna', /members\.yaml:1: expected a list/],
    ['# a comment\n- id: anna\n  serail: 2', /members\.yaml:2: .*serail/],
    ['- id: anna\n- id: anna', /members\.yaml:2: "anna" stands twice/],
    ['- id: anna\n  expires: 2026-13-01', /members\.yaml:1: expires/],
    ['- id: anna\n  serial: 0', /members\.yaml:1: serial/],
    ['- anna', /members\.yaml:1: member/],
  ])('%j is refused with its line', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('may be empty', () => {
    expect(read('')).toEqual([]);
    expect(read('# nobody yet\n')).toEqual([]);
  });
});

describe('who opens the next build', () => {
  test('removed and expired members are revoked, the rest is not', () => {
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

  test('a later serial revokes those below', () => {
    const { tokens, revoked } = resolve('- id: anna\n  serial: 3\n');
    expect(tokens.filter(({ state }) => state === 'active')).toEqual([
      { id: 'anna', serial: 3, tier: 'members', state: 'active' },
    ]);
    expect(revoked.map(({ serial }) => serial)).toEqual([1, 2]);
  });

  test('a deleted line counts as a removal, and goes on counting', () => {
    const first = resolve('- id: anna\n', [line('anna'), line('ben')]);
    expect(first.revoked).toEqual([{ id: 'ben', serial: 1, tier: 'members' }]);
    expect(first.warnings).toEqual([expect.stringContaining('"ben"')]);
    const second = resolve('- id: anna\n', first.ledger);
    expect(second.revoked).toEqual(first.revoked);
    expect(second.warnings).toEqual([]);
  });

  test('an old copy of the file lets nobody back in', () => {
    const { tokens, warnings } = resolve('- id: ben\n', [line('ben', '2026-11-02')]);
    expect(tokens).toEqual([{ id: 'ben', serial: 1, tier: 'members', state: 'removed', date: '2026-11-02' }]);
    expect(warnings).toEqual([expect.stringContaining('same serial 1')]);
  });

  test('a serial set back revokes the newer token too', () => {
    const { revoked } = resolve('- id: ben\n', [line('ben', '2026-11-02'), line('ben', undefined, 2)]);
    expect(revoked.map(({ serial }) => serial)).toEqual([1, 2]);
  });

  test('an added member changes nothing for the others', () => {
    const before = resolve('- id: carl\n  removed: 2026-11-01\n');
    const after = resolve('- id: carl\n  removed: 2026-11-01\n- id: new\n', before.ledger);
    expect(after.revoked).toEqual(before.revoked);
  });

  test('an expiry that is put off lets the same token in again', () => {
    const { ledger } = resolve('- id: dora\n  expires: 2026-11-01\n');
    const { revoked, warnings } = resolve('- id: dora\n  expires: 2027-11-01\n', ledger);
    expect(revoked).toEqual([]);
    expect(warnings).toEqual([]);
  });
});
