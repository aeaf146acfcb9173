import type { Root } from 'mdast';
import { describe, expect, test } from 'vitest';
import { parseSource } from '../../src/markdown/compile.ts';
import { fixCopy, reviewCopy } from './copy/copy.ts';
import { reviewMarkup } from './markup.ts';

const head = '---\ntitle: 一\ndate: 2026-11-01\n---\n\n';
const found = (body: string) =>
  reviewMarkup(head + body, 'notes').map(({ rule, line, column }) => `${line}:${column} ${rule}`);

describe('marks without effect are reported', () => {
  test.each([
    ['看 ![图](./座位 图.png)', '6:3 link-syntax'],
    ['看[底稿](../a b.mdx)', '6:2 link-syntax'],
    ['看[底稿]（../base.mdx）', '6:2 link-syntax'],
    ['![图]（./a.png）', '6:1 link-syntax'],
    ['看![[座位.png]]', '6:2 link-syntax'],
    ['看[[三行公告|那一篇]]', '6:2 link-syntax'],
    ['数过的[^1]', '6:4 footnote-missing'],
    ['字\n\n##照抄这个', '8:1 heading-syntax'],
    ['字\n###照抄这个', '7:1 heading-syntax'],
    ['字\n\n＃＃ 照抄这个', '8:1 heading-syntax'],
    ['＃ 照抄这个', '6:1 heading-syntax'],
    ['＜Callout type="tip"＞', '6:1 component-syntax'],
    ['先看＊＊第一行＊＊', '6:3 emphasis-syntax'],
    ['先看==第一行==', '6:3 emphasis-syntax'],
    ['** 第一行：** 今天', '6:1 emphasis-syntax'],
    ['**第一行：今天', '6:1 emphasis-syntax'],
    ['<Callout type="tip">\n  ##照抄\n</Callout>', '7:3 heading-syntax'],
    ['字\n\n最后一段\n---\n\n下一段', '8:1 heading-syntax'],
    ['先做：\n-写名单\n-建群', '7:1 list-syntax'],
    ['-\u00a0写名单', '6:1 list-syntax'],
    ['• 写名单\n• 建群', '6:1 list-syntax'],
    ['做法：\n1、写名单\n2、建群', '7:1 list-syntax'],
    ['（1）写名单\r\n（2）建群', '6:1 list-syntax'],
    ['1.写名单\n2.建群', '6:1 list-syntax'],
    ['① 写名单\n② 建群', '6:1 list-syntax'],
    ['一、写名单\n二、建群', '6:1 list-syntax'],
    ['（一）写名单\n（二）建群', '6:1 list-syntax'],
    ['- [√] 写名单', '6:3 list-syntax'],
    ['- [] 写名单', '6:3 list-syntax'],
    ['- 【】写名单', '6:3 list-syntax'],
    ['| 事 | 数 |\n| 到场 | 38 |', '6:1 table-syntax'],
    ['数字：\n｜ 事 ｜ 数 ｜\n｜---｜---｜', '7:1 table-syntax'],
    ['···\n代码\n···', '6:1 code-syntax'],
    ['字\n\n```\n代码\n\n下一段', '8:1 code-syntax'],
    ['- 一\n\n  ```js\n  代码\n\n下一段', '8:3 code-syntax'],
    ['::: tip\n先念一遍\n:::', '6:1 callout-syntax'],
    ['> [!TIP]\n> 先念一遍', '6:1 callout-syntax'],
    ['字\n\n[^1]: 两个群', '8:1 footnote-unused'],
    ['<Chart title="群">\n  - 看到：3.2 万\n  - 报名：8000 人\n</Chart>', '6:1 chart-units'],
    ['<Chart title="群">\n- 报名：40 人\n- 续费：52%\n</Chart>', '6:1 chart-units'],
  ])('%j', (body, finding) => {
    expect(found(body)).toEqual([finding]);
  });
});

describe('marks that are meant as written are not reported', () => {
  test.each([
    '![图](./a%20b.png)、[底](<./a b.mdx>)',
    '\\[底\\](./a b.mdx)、\\[^1]、\\##照抄、\\*\\*字',
    '`[底](./a b.mdx)`、`[^1]`、`**`',
    '```\n##照抄\n```',
    '见[1]（注），f\\[i](a b)',
    '见\\[\\[1]]、[[1]](https://example.com/)，a == b == c，x==1，y==2，`[[甲]]`、`==甲==`',
    '数过的[^1]\n\n[^1]: 两个群',
    '#三行公告# 和 #1，＃三行公告＃',
    '**第一行：**今天，2 * 3 * 4',
    '一共 2**10 个，他说 f**k',
    '<Quote>\n  ##原话\n</Quote>',
    '字\n\n---\n\n## 标题\n\n标题\n\n* * *',
    '1、只有一条\n\n2、另起一段\n\n- 一\n- [ ] 二\n- [x] 三\n\n1. 一\n2. 二',
    '-5 度到 -3 度\n-20% 的群，·林·夏，见 ①\n和 ②',
    '1.5 倍\n2.5 倍，| 不是表格 |',
    '| 事 | 数 |\n| - | - |\n| 到场 | 38 |',
    '```\n代码\n```\n\n~~~js\n代码\n~~~\n\n- ```\n  代码\n  ```',
    '> ```\n> 代码\n> ```\n\n> [注意] 先念\n\n```\n```',
    '<Callout type="tip">\n  ```\n  代码\n  ```\n</Callout>',
    '\r```\n代码',
    '1、写名单\\\r\n2、建群\r\n',
    '1、写名单\\\n2、建群\\\n• 甲  \n• 乙\n\n• 只有一条',
    '<Chart title="群">\n- 看到：3.2 万\n- 报名：0.8 万人\n</Chart>\n\n<Chart title="群">\n- 报名：40\n- 办卡：8 张\n</Chart>',
  ])('%j', (body) => {
    expect(found(body)).toEqual([]);
  });
});

test('a finding about several lines shows the first one', () => {
  const [{ message } = { message: '' }] = reviewMarkup(`${head}1、写名单\n2、建群\n`, 'notes');
  expect(message).toBe('没有成为列表，几行会连成一段：「1、写名单」');
});

test('a very long line is read in linear time', { timeout: 5000 }, () => {
  expect(found(`${'[甲]（'.repeat(200)}${'./'.repeat(50_000)}`)).toEqual([]);
});

test.each(['[', '![', '[^', '[]('])(
  'many repetitions of %j are read in linear time',
  { timeout: 5000 },
  (mark) => {
    const body = mark.repeat(100_000);
    const source = head + body;
    const position = {
      start: { line: 1, column: 1 },
      end: { line: 1, column: body.length + 1 },
    };
    const front = { ...parseSource(head, 'notes').front, body };
    // Made by hand, as the parser would take minutes for such a line.
    const root: Root = {
      type: 'root',
      children: [{ type: 'paragraph', position, children: [{ type: 'text', value: body, position }] }],
    };
    const parsed = { front, root };
    expect(reviewMarkup(source, 'notes', parsed)).toEqual([]);
    expect(reviewCopy(source, 'notes', parsed)).toEqual([]);
  },
);

test('a finding says how many places of its kind there are in a paragraph', () => {
  const said = (body: string) => reviewMarkup(head + body, 'notes').map(({ message }) => message);
  expect(said('看![[甲.png]]和![[乙.png]]')).toEqual([
    '图片没有起作用，这里没有 ![[ ]] 的写法，这一段有 2 处：「![[甲.png]]」',
  ]);
  expect(said('** 第一行：** 今天')).toEqual(['加粗没有起作用：「** 第一行：」']);
  expect(said('** 第一行：** 今天，** 第二行：** 明天')).toEqual([
    '加粗没有起作用，这一段有 2 处：「** 第一行：」',
  ]);
});

test.each([
  '- [] 写名单',
  '＜Quote who="linxia"＞\n  好',
  '看![图](./座位 图.png)',
  '看![[座,位.png]]和![[座,次.png]]',
  '==写a名单==、==写b名单==',
])('the advice on %j is not contradicted by advice on its typography', (body) => {
  const source = `${head}${body}\n`;
  expect(found(body)).toHaveLength(1);
  expect(reviewCopy(source, 'notes')).toEqual([]);
  expect(fixCopy(source, 'notes').source).toBe(source);
});

test('`--fix` leaves a line with a broken link unchanged', () => {
  const source = `${head}看![图](./座位 图.png),再看[底](../a b.mdx)\n`;
  expect(fixCopy(source, 'notes').source).toBe(source);
});
