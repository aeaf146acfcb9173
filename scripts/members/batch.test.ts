import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Settings } from '../lib/settings.ts';
import { batch } from './batch.ts';
import { membersFolder, written } from './testing.ts';

let settings: Settings;
beforeEach(() => {
  settings = membersFolder();
});

const file = () => readFileSync(settings.members, 'utf8');
const csv = (text: string | Uint8Array) => {
  const path = join(settings.content, 'list.csv');
  writeFileSync(path, text);
  return path;
};

describe('a CSV of members', () => {
  test('may repeat an expiry that is over', () => {
    expect(batch(settings, csv('id,expires\ndora,2026-10-31\n'))).toContain('left 1 unchanged');
  });

  test('adds new members and renews known ones, even with the byte order mark of Excel', () => {
    expect(
      batch(
        settings,
        csv('\ufeffid,expires,tier\r\nanna,,\r\n"ben",2027-12-01,\r\n林夏,2027-01-01,gold\r\n'),
      ),
    ).toBe('members: added 1, changed 1, left 1 unchanged');
    expect(file()).toBe(
      `${written.replace('2026-12-01', '2027-12-01')}- id: 林夏\n  tier: gold\n  expires: 2027-01-01\n`,
    );
  });

  test.each([
    'id;tier;expires\r\nemil;gold;2027-01-01\r\n',
    '\ufeffid\ttier\texpires\nemil\tgold\t2027-01-01\n',
  ])('may have the separator that Excel takes in other countries: %j', (text) => {
    expect(batch(settings, csv(text))).toBe('members: added 1, changed 0, left 0 unchanged');
    expect(file()).toBe(`${written}- id: emil\n  tier: gold\n  expires: 2027-01-01\n`);
  });

  test('may have the dates that a Chinese Excel makes of those in members.yaml', () => {
    expect(batch(settings, csv('id,expires\nben,2027/3/1\nemil,2027/10/31\n'))).toContain(
      'added 1, changed 1',
    );
    expect(file()).toContain('- id: ben\n  expires: 2027-03-01\n');
    expect(file()).toContain('- id: emil\n  expires: 2027-10-31\n');
  });

  test('may end with the rows without values that Excel leaves', () => {
    expect(batch(settings, csv('id,tier,expires\nemil,,\n,,\n  , ,\n\n'))).toContain('added 1,');
    expect(file()).toBe(`${written}- id: emil\n`);
  });

  test.each([
    [
      'id\na b\nemil\nemil\ncarl\n',
      /list\.csv:2: id.*\n.*list\.csv:4: "emil" is listed twice\n.*list\.csv:5: "carl" was removed/,
    ],
    ['id,expires\nemil,1/5/2027\n', /list\.csv:2: expires: "1\/5\/2027" is not a date like 2027-03-31/],
    ['id,expires\nemil,2027/2/30\n', /list\.csv:2: expires: "2027\/2\/30" is not a date like 2027-03-31/],
    ['', /list\.csv is empty/],
    ['\ufeff\r\n', /list\.csv is empty/],
    ['tier\nmembers\n', /list\.csv:1: expected the columns id, tier, expires, got "tier"/],
    ['name\nanna\n', /list\.csv:1: expected the columns id, tier, expires, got "name"/],
    ['id,name\nanna,安娜\n', /list\.csv:1: .*, got "id, name"; delete the column "name"/],
    ['id,id\nanna,emil\n', /list\.csv:1: has the column "id" twice/],
    ['id\nanna smith\n', /list\.csv:2: id: may have at most 64 .*; got "anna smith"/],
    ['id,tier\nanna\n', /list\.csv is not CSV/],
    [new Uint8Array([105, 100, 10, 0xc1, 0xd6]), /list\.csv is not UTF-8; .*Excel: CSV UTF-8/],
    ['id\nANNA\nx\nX\n', /list\.csv:2: "ANNA" looks like "anna".*\n.*list\.csv:4: "X" looks like "x"/],
    [
      'id,expires\nemil,2026-11-21\nben,2025-12-01\n',
      /csv:2: .*2026-11-21 is in the past.*\n.*csv:3: .*2025-12-01 is in the past/,
    ],
  ])('with errors is refused and changes nothing: %j', (text, message) => {
    expect(() => batch(settings, csv(text))).toThrow(message);
    expect(file()).toBe(written);
  });
});
