import { expect, test } from 'vitest';
import { excerptOf, findAll } from './excerpt.ts';

function marked(text: string, ...runs: string[]): string {
  const pieces = excerptOf(
    text,
    findAll(
      text,
      runs.map((run) => Array.from(run)),
    ),
  );
  return pieces.map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece)).join('');
}

test.each([
  ['社群运营的书', ['社群运营'], '[社群运营]的书'],
  ['做 B 端内容', ['b端'], '做 [B 端]内容'],
  ['社群，社群', ['社群'], '[社群]，[社群]'],
  ['沉默的群活跃', ['群活', '活跃'], '沉默的[群活跃]'],
  ['沉默的群活跃', ['活跃', '群活'], '沉默的[群活跃]'],
  ['群里的活跃的群', ['活跃', '群'], '[群]里的[活跃]的[群]'],
  ['一一一', ['一一'], '[一一]一'],
  ['The Mom Test 笔记', ['mom', 'test'], 'The [Mom Test] 笔记'],
  ['先拉新，社群运营', ['运营', '社群'], '先拉新，[社群运营]'],
  ['打卡 21 天', ['打卡', '21天'], '[打卡 21 天]'],
  ['没有', ['社群'], '没有'],
  ['SOP 和 sop', ['sop'], '[SOP] 和 [sop]'],
])('marks whole phrases in %j for %j', (text, runs, expected) => {
  expect(marked(text, ...runs)).toBe(expected);
});

test('cuts a long text at a punctuation mark before the match, and never within a word', () => {
  const long = `${'前面的话很长。'.repeat(20)}这里说到留存，后面 ${'retention and growth '.repeat(20)}`;
  expect(marked(long, '留存')).toMatch(
    /^…(?:前面的话很长。)*这里说到\[留存\]，后面 (?:retention|and|growth| )+…$/,
  );
});

test('keeps a match that is longer than an excerpt whole', () => {
  const run = '很长的一句话'.repeat(30);
  expect(marked(`${run}之后`, run)).toBe(`[${run}]…`);
});
