import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusalOf } from './main.ts';

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test.runIf(process.platform === 'linux')('a full disk gives one line that says what to do', () => {
  const line = refusalOf(thrownBy(() => writeFileSync('/dev/full', 'x')));
  expect(line).toMatch(/^ENOSPC: .*: the disk is full; free some space and run the command again\. .*$/);
});

test('an unexpected error keeps its stack', () => {
  expect(refusalOf(new TypeError('x is not a function'))).toBeUndefined();
  expect(refusalOf(thrownBy(() => writeFileSync('/no/such/folder/x', 'x')))).toBeUndefined();
  expect(refusalOf('x')).toBeUndefined();
});
