import { expect, test } from 'vitest';
import { inOneLine, plainly, reasonOf } from './plainly.ts';

test('foreign text can’t control the terminal or begin a line', () => {
  expect(plainly('甲\u001b[2J\r\n乙\u009b31m\u202e丙\u2028丁')).toBe('甲�[2J�乙�31m�丙�丁');
  expect(plainly('x'.repeat(1000))).toHaveLength(120);
});

test.each([
  [new Error('read ECONNRESET'), 'read ECONNRESET'],
  [new TypeError(''), 'TypeError'],
  ['said\nso\u001b[2J', 'said; so�[2J'],
  [
    new AggregateError([new Error('no ::1'), new Error('no 127.0.0.1'), new Error('no ::1')]),
    'no ::1; no 127.0.0.1',
  ],
])('finds the reason in %o', (error, reason) => expect(reasonOf(error)).toBe(reason));

test('keeps the beginning and the end of a long error message', () => {
  const frame = '@'.repeat(60);
  const ssh = `${frame}\r\n@    WARNING: HAS CHANGED!     @\r\n${frame}\nSomeone\ncould\n\nHost key for x has changed.\nVerification failed.\n`;
  expect(inOneLine(ssh)).toBe('WARNING: HAS CHANGED!; Host key for x has changed.; Verification failed.');
  expect(inOneLine('one\ntwo\nthree\n')).toBe('one; two; three');
});
