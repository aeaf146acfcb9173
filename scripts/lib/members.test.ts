import { describe, expect, test } from 'vitest';
import { parseMembers } from './members.ts';

const read = (text: string) => parseMembers(text, 'members.yaml').members;

describe('members.yaml', () => {
  test.each([
    ['- id: [', /members\.yaml:1: not YAML/],
    ['id: anna', /members\.yaml:1: expected a list/],
    [
      '# a comment\n- id: anna\n  serail: 2',
      'members.yaml:3: unknown field "serail"; a member has id, serial, tier, lost, expires and removed',
    ],
    ['- id: anna\n\tserial: 2', /^members\.yaml:2: not YAML: indent with spaces, not tabs$/],
    ['- id: anna\n<<<<<<< HEAD', /^members\.yaml:2: not YAML: .*[^:]$/],
    [
      '- id: anna\n<<<<<<< HEAD\n- id: ben\n=======\n- id: eve\n>>>>>>> b',
      'members.yaml:2: not YAML: a merge left its marks here; keep the lines of both sides and delete the marks',
    ],
    [
      '- id: anna\n<<<<<<< HEAD\n- id: ben\n=======\n- id: eve\n>>>>>>> b\n  expires: 2027-01-31\n',
      /delete the marks; "expires: 2027-01-31", which stands once below them, belongs to .* either side: write it for both$/,
    ],
    [
      '- id: anna\ntier: patrons',
      /:2: not YAML: .*; a member is "- id: …", with its other fields below, indented by 2/,
    ],
    [
      '- id: anna\n   tier: patrons',
      /:1: not YAML: .*; a member is "- id: …", with its other fields below, indented/,
    ],
    ['- id：anna', 'members.yaml:1: the colon after id is a Chinese colon; write "id: "'],
    ['- id: anna\n- id: anna', /members\.yaml:2: "anna" is listed twice/],
    [
      '- id: anna\n- id: anna\n  serial: 2',
      /"anna" is listed twice; keep one line, that with the higher serial.* reissue anna$/,
    ],
    [
      '- id: anna\n  expires: 2027-01-31\n  expires: 2027-02-28',
      /^members\.yaml:3: not YAML: one member has "expires" twice; keep the right line$/,
    ],
    ['- id: anna\n- id: аnnа', /members\.yaml:2: .*looks like "anna"/],
    ['- id: Anna\n- id: anna', /members\.yaml:2: .*looks like "Anna"/],
    // Cyrillic, and Greek: unlike their small letters, these capitals look like Latin ones.
    ['- id: Bob\n- id: Вob', /members\.yaml:2: .*looks like "Bob"/],
    ['- id: TIM\n- id: ΤΙΜ', /members\.yaml:2: .*looks like "TIM"/],
    ['- id: anna\n  expires: 2026-13-01', /members\.yaml:2: expires/],
    ['- id: anna\n  serial: 0', /members\.yaml:2: serial/],
    [
      '- id: anna\n  serial: 20261122',
      'members.yaml:2: serial: counts the links that this member was sent, at most 9999; got 20261122',
    ],
    ['- ', 'members.yaml:1: expected "id: …", got ""'],
    ['- [anna]', 'members.yaml:1: expected "id: …", got "[anna]"'],
    ['- anna', 'members.yaml:1: expected "id: …", got "anna"'],
    ['- id: anna\n  lost: { members: 2026-11-01 }', /members\.yaml:2: lost: .*removed/],
  ])('%j is refused with its line', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('may be empty', () => {
    expect(read('')).toEqual([]);
    expect(read('# nobody yet\n')).toEqual([]);
  });
});
