import { expect, test } from 'vitest';
import { parseQuery } from './query.ts';

test.each([
  ['社群运营', ['社群运营']],
  ['社群 拉新', ['社群', '拉新']],
  ['社群　拉新', ['社群', '拉新']],
  ['B 端', ['B 端']],
  ['B 端 拉新', ['B 端', '拉新']],
  ['0-3 岁', ['0-3 岁']],
  ['前 100 人', ['前 100 人']],
  ['SOP 模板', ['SOP', '模板']],
  ['growth hacking', ['growth', 'hacking']],
  ['"growth hacking" 拉新', ['growth hacking', '拉新']],
  ['“沉默的群”', ['沉默的群']],
  ['他说“好”', ['他说“好”']],
  ['', []],
  ['  ', []],
  ['"', ['"']],
])('splits %j into %j', (typed, terms) => {
  expect(parseQuery(typed).map(({ text }) => text)).toEqual(terms);
});
