import { expect, test } from 'vitest';
import { plainly, reasonOf } from './plainly.ts';

test('nothing that others said steers a terminal or begins a line', () => {
  expect(plainly('甲\u001b[2J\r\n乙\u009b31m\u202e丙\u2028丁')).toBe('甲�[2J�乙�31m�丙�丁');
  expect(plainly('x'.repeat(1000))).toHaveLength(120);
});

test.each([
  [new Error('read ECONNRESET'), 'read ECONNRESET'],
  [new TypeError(''), 'TypeError'],
  ['said\nso', 'said�so'],
  [
    new AggregateError([new Error('no ::1'), new Error('no 127.0.0.1'), new Error('no ::1')]),
    'no ::1; no 127.0.0.1',
  ],
])('the reason in %o', (error, reason) => expect(reasonOf(error)).toBe(reason));
