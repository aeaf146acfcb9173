import { execFile } from 'node:child_process';
import {
  chmodSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { projectRoot, type Settings } from '../lib/settings.ts';
import { batch } from './batch.ts';
import { add, expire, reissue, remove, tier } from './edit.ts';
import { membersFolder, written } from './testing.ts';

let settings: Settings;
let folder: string;
beforeEach(() => {
  settings = membersFolder();
  folder = settings.content;
});

const file = () => readFileSync(settings.members, 'utf8');

describe('an edit of members.yaml', () => {
  test('keeps Windows line endings', () => {
    const ofWindows = (text: string) => text.replaceAll('\n', '\r\n');
    writeFileSync(settings.members, ofWindows(written));
    add(settings, { id: 'eva' });
    expect(file()).toBe(ofWindows(`${written}- id: eva\n`));
  });

  test('that adds somebody says until when, as npm drops a date that was given without --', () => {
    expect(add(settings, { id: 'eva', expires: '2027-01-31' })).toBe('members: added eva, until 2027-01-31');
    expect(add(settings, { id: 'fay' })).toBe(
      'members: added fay, with no last day; to set one: npm run members -- expire fay DATE',
    );
    expect(add(settings, { id: 'carl' })).toMatch(
      /carl is a member again, with no last day; .* with serial 2;/,
    );
  });

  test('is not lost when others are made at the same time', async () => {
    const command = join(projectRoot, 'scripts/members.ts');
    const env = { ...process.env, KB_MEMBERS: settings.members };
    const ids = ['e1', 'e2', 'e3'];
    const adds = ids.map((id) => promisify(execFile)(process.execPath, [command, 'add', id], { env }));
    for (const { stdout } of await Promise.all(adds)) expect(stdout).toContain('added');
    expect(ids.filter((id) => !file().includes(`- id: ${id}\n`))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test.each<[string, () => string, string, string]>([
    ['expire', () => expire(settings, 'ben', '2027-03-31'), '2026-12-01', '2027-03-31'],
    ['expire never', () => expire(settings, 'ben', 'never'), '- id: ben\n  expires: 2026-12-01', '- id: ben'],
    ['tier', () => tier(settings, 'anna', 'gold'), '# the first', '# the first\n  tier: gold'],
    ['reissue', () => reissue(settings, 'ben'), '2026-12-01', '2026-12-01\n  serial: 2'],
    ['remove', () => remove(settings, 'anna'), '# the first', '# the first\n  removed: 2026-11-22'],
    ['add', () => add(settings, { id: 'emil' }), '2026-10-31\n', '2026-10-31\n- id: emil\n'],
    ['add again', () => add(settings, { id: 'carl' }), '  removed: 2026-11-01', '  serial: 2'],
    [
      'add after expiry',
      () => add(settings, { id: 'dora', expires: '2027-01-01' }),
      'expires: 2026-10-31',
      'expires: 2027-01-01\n  serial: 2',
    ],
  ])('by %s changes only the lines of that member', (_, edit, from, to) => {
    edit();
    expect(file()).toBe(written.replace(from, to));
  });

  test('keeps how every other line is written', () => {
    const aligned = `# ours

- id: anna            # the founder
- id: ben
  expires: 2026-12-01   # paid by bank transfer
# ---- in one line ----
- { id: carl, expires: '2027-01-31' }   # short
- {id: dora, tier: gold, removed: 2026-11-01}
-   tier: "gold"
    id: 'emil'
    lost: {platinum: 2026-10-01}   # for a while

# the end`;
    writeFileSync(settings.members, aligned);
    let expected = aligned;
    const after = (edit: () => string, from: string, to: string) => {
      edit();
      expected = expected.replace(from, to);
      expect(file()).toBe(expected);
    };
    after(() => expire(settings, 'ben', '2027-12-01'), '2026-12-01', '2027-12-01');
    after(() => expire(settings, 'carl', '2028-01-31'), "'2027-01-31'", '2028-01-31');
    after(() => remove(settings, 'carl'), '2028-01-31 }', '2028-01-31, removed: 2026-11-22 }');
    after(() => add(settings, { id: 'dora' }), 'tier: gold, removed: 2026-11-01', 'tier: gold, serial: 2');
    after(
      () => tier(settings, 'dora', 'members'),
      'gold, serial: 2',
      'members, serial: 2, lost: { gold: 2026-11-22 }',
    );
    after(() => reissue(settings, 'anna'), '# the founder', '# the founder\n  serial: 2');
    after(
      () => tier(settings, 'emil', 'members'),
      `"gold"
    id: 'emil'
    lost: {platinum: 2026-10-01}`,
      `members
    id: 'emil'
    lost:
      platinum: 2026-10-01
      gold: 2026-11-22`,
    );
    after(
      () => add(settings, { id: '007', tier: 'gold' }),
      'gold: 2026-11-22   # for a while\n',
      'gold: 2026-11-22   # for a while\n- id: "007"\n  tier: gold\n',
    );
    const list = join(folder, 'list.csv');
    writeFileSync(list, 'id,expires\nben,2028-12-01\nfay,2029-01-01\n');
    batch(settings, list);
    expect(file()).toBe(
      expected
        .replace('2027-12-01', '2028-12-01')
        .replace('\n\n# the end', '\n- id: fay\n  expires: 2029-01-01\n\n# the end'),
    );
  });

  test.each([
    ['', '- id: eva\n'],
    ['# nobody yet', '# nobody yet\n- id: eva\n'],
    ['- id: anna', '- id: anna\n- id: eva\n'],
    ['  - id: anna\n', '  - id: anna\n  - id: eva\n'],
    ['[]', '[{id: eva}]\n'],
    ['[{ id: anna }]\n', '[{id: anna}, {id: eva}]\n'],
    ['- id: anna\n\n# the end\n', '- id: anna\n- id: eva\n\n# the end\n'],
  ])('adds to %j', (before, expected) => {
    writeFileSync(settings.members, before);
    add(settings, { id: 'eva' });
    expect(file()).toBe(expected);
  });

  test('that takes a tier away leaves a tombstone, and the tier comes back only with a new link', () => {
    const anna = () => file().split('- id: ben')[0]!.split('# the first')[1]!.trim();
    tier(settings, 'anna', 'platinum');
    expect(tier(settings, 'anna', 'gold')).not.toContain('link');
    expect(anna()).toBe('tier: gold\n  lost:\n    platinum: 2026-11-22');
    tier(settings, 'anna', 'members');
    expect(anna()).toBe('tier: members\n  lost:\n    platinum: 2026-11-22\n    gold: 2026-11-22');
    expect(tier(settings, 'anna', 'gold')).toContain('send the new link');
    expect(anna()).toBe('tier: gold\n  serial: 2');
  });

  test.each<[string, () => string, RegExp]>([
    ['adding somebody who is a member', () => add(settings, { id: 'anna' }), /anna is already a member/],
    [
      'adding until a day that no calendar has',
      () => add(settings, { id: 'x', expires: '2026-02-30' }),
      /expires/,
    ],
    ['adding an id that looks like another', () => add(settings, { id: 'Anna' }), /"Anna" looks like "anna"/],
    [
      'adding until a day that is over',
      () => add(settings, { id: 'x', expires: '2026-11-21' }),
      /2026-11-21 is in the past/,
    ],
    ['removing somebody twice', () => remove(settings, 'carl'), /was removed on 2026-11-01/],
    ['expiring on what is no day', () => expire(settings, 'ben', 'tomorrow'), /expires/],
    [
      'expiring on a day that is over',
      () => expire(settings, 'ben', '2026-11-21'),
      /is in the past; .* remove ben now: .* remove ben/,
    ],
    ['expiring somebody who was removed', () => expire(settings, 'carl', '2027-01-01'), /was removed/],
    [
      'moving to a tier that is not listed',
      () => tier(settings, 'ben', 'Gold!'),
      /there is no "Gold!" in tiers.yaml; expected one of members, gold, platinum/,
    ],
    ['moving to the tier they are in', () => tier(settings, 'ben', 'members'), /already/],
    [
      'adding to a tier that is not listed',
      () => add(settings, { id: 'x', tier: 'silver' }),
      /there is no "silver"/,
    ],
    ['a new link for somebody who has expired', () => reissue(settings, 'dora'), /dora is expired/],
    ['removing nobody', () => remove(settings, 'nobody'), /there is no member "nobody"; see: /],
    [
      'removing an id in other letter case',
      () => remove(settings, 'Ben'),
      /there is no member "Ben"; did you mean "ben"\?/,
    ],
  ])('is refused and changes nothing: %s', (_, edit, message) => {
    expect(edit).toThrow(message);
    expect(file()).toBe(written);
  });
});

describe('members.yaml', () => {
  test('may begin with a byte order mark', () => {
    writeFileSync(settings.members, '\ufeff- id: anna\n');
    add(settings, { id: 'emil' });
    expect(file()).toBe('- id: anna\n- id: emil\n');
  });

  test('in another encoding is refused and not changed', () => {
    const bytes = new Uint8Array([...Buffer.from('- id: anna # '), 0xc1, 0xd6, 10]);
    writeFileSync(settings.members, bytes);
    expect(() => add(settings, { id: 'emil' })).toThrow(/members\.yaml is not UTF-8/);
    expect(new Uint8Array(readFileSync(settings.members))).toEqual(bytes);
  });

  test('is edited where it is when a link leads to it', () => {
    const elsewhere = join(folder, 'elsewhere.yaml');
    renameSync(settings.members, elsewhere);
    symlinkSync(elsewhere, settings.members);
    add(settings, { id: 'emil' });
    expect(readFileSync(elsewhere, 'utf8')).toBe(`${written}- id: emil\n`);
    expect(readlinkSync(settings.members)).toBe(elsewhere);
  });

  test('keeps its permissions', () => {
    chmodSync(settings.members, 0o600);
    add(settings, { id: 'emil' });
    expect(statSync(settings.members).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['members.yaml', 'tiers.yaml']);
  });
});
