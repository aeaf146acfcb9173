import { describe, expect, test } from 'vitest';
import { knownOf } from '../lib/changes.ts';
import { assertMostStay } from './lost-pieces.ts';

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
