import { expect, test } from 'vitest';
import { encodeReminders, REMINDERS_PATH } from '../../src/vault/index.ts';
import { membershipOf } from '../../tests/lib/membership.ts';
import { nodePrimitives } from './primitives.ts';
import { addReminders, endingSoon } from './reminders.ts';
import type { Site } from './site.ts';

const membership = membershipOf(`
- id: anna
- id: ben
  expires: 2026-11-22
- id: carl
  expires: 2026-11-21
- id: dora
  expires: 2027-01-06
- id: emil
  expires: 2027-01-07
- id: fay
  expires: 2026-11-30
  removed: 2026-11-01
- id: gus
  serial: 2
  tier: patrons
  expires: 2026-12-01
`);

test('those whose membership ends within 45 days are reminded, and nobody else', () => {
  expect(endingSoon(membership, '2026-11-22')).toEqual([
    { id: 'ben', serial: 1, lastDay: '2026-11-22' },
    { id: 'dora', serial: 1, lastDay: '2027-01-06' },
    { id: 'gus', serial: 2, lastDay: '2026-12-01' },
  ]);
});

test('the list is sealed for all members, and the site stays as it was', async () => {
  const sealed: Site['sealed'] = new Map();
  sealed.set('members', new Map()).set('patrons', new Map());
  const site = { readable: new Map(), sealed };
  const reminding = await addReminders(site, membership, new Uint8Array(32), '2026-11-22');
  const paths = [...reminding.sealed].map(([tier, sources]) => [tier, [...sources.keys()]]);
  expect(paths).toEqual([
    ['members', [REMINDERS_PATH]],
    ['patrons', []],
  ]);
  expect(site.sealed.get('members')!.size).toBe(0);
});

test('70,000 members can be reminded', async () => {
  const many = Array.from({ length: 70_000 }, (_, i) => ({ id: `m${i}`, serial: 1, lastDay: '2026-12-01' }));
  const list = await encodeReminders(new Uint8Array(32), '2026-11-22', many, nodePrimitives);
  expect(list).toHaveLength(10 + 16 * 2 ** 17);
});
