import { expect, test } from 'vitest';
import { parseToken } from '../vault/token.ts';
import { tokenIn } from './key.ts';

const token = 'kb_ss87-691n-v5kw-06zn-mbph-rr5r-2bxj-m7jk';

test.each([
  [`${token} please keep it`],
  [`Your key ${token}\nAnna`],
  [token.replaceAll('-', '\u2011')],
  [token.replaceAll('-', ' – ')],
  [token.replace('-', '\u200b-')],
  [`https://x.org/#key=${token.replaceAll('-', '–')}`],
  [`https://x.org/%23key=${token}`],
  [`https://x.org/%23key%3D${token}`],
  [`精华知识库 https://go.example/?to=${encodeURIComponent(`https://x.org/#key=${token}&to=t%3D754`)} 点开`],
  [`https://a.example/?u=${encodeURIComponent(encodeURIComponent(`https://x.org/#key=${token}`))}`],
  [`https://x.org/#key=${token}https://x.org/#key=${token}`],
  [`https://x.org/kb_wiki/my-kb_2/#key=${token}`],
])('in %j the whole token is found', (pasted) => {
  expect(parseToken(tokenIn(pasted))?.text).toBe(token);
});

test.each([
  ['kb_1234-5678', 'kb_1234-5678'],
  ['  KB_1234 5678\n', 'KB_1234 5678'],
  ['1234-5678', '1234-5678'],
  ['https://x.org/talks/a/#key=kb_1234-5678', 'kb_1234-5678'],
  ['https://x.org/talks/a/?from=timeline#key=kb_1234-5678&to=t%3D754', 'kb_1234-5678'],
  ['https://x.org/#to=t%3D754&key=kb_1234-5678', 'kb_1234-5678'],
  ['点开https://x.org/#key=kb_1234-5678。就能看', 'kb_1234-5678'],
  ['口令：kb_1234-5678，请收好', 'kb_1234-5678'],
  ['ｋｂ＿１２３４－５６７８', 'kb_1234-5678'],
  ['', ''],
  ['你好', '你好'],
])('in %j the token is %j', (pasted, token) => {
  expect(tokenIn(pasted)).toBe(token);
});
