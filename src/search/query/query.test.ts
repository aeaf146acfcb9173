import { expect, test } from 'vitest';
import { parseQuery, queryOf } from './query.ts';

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

test.each([
  ['留存 2025', ['留存', '2025']],
  ['打卡 21 天', ['打卡', '21 天']],
  ['前 100 人', ['前', '100 人']],
  ['100 人 冷启动', ['100 人', '冷启动']],
  ['B 端 内容', ['B 端', '内容']],
  ['年费 99 美元', ['年费', '99', '美元']],
])('splits %j into %j when it is found nowhere as a whole, and leaves a number its unit', (typed, terms) => {
  expect(parseQuery(typed, true).map(({ text }) => text)).toEqual(terms);
});

test.each([[['社群', '拉新']], [['留存', '2025']], [['growth hacking', '拉新']], [['b端']]])(
  'writes %j so that it is split the same way again',
  (words) => {
    expect(parseQuery(queryOf(words)).map(({ text }) => text)).toEqual(words);
  },
);
