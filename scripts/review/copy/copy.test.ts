import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Form } from '../../../src/model/form.ts';
import { fixCopy, reviewCopy } from './copy.ts';

const head = '---\ntitle: 一，二\ndate: 2026-11-01\nslug: a,b中\n---\n\n';
const fix = (body: string) => fixCopy(head + body, 'notes').source.slice(head.length);
const rules = (body: string) => reviewCopy(head + body, 'notes').map(({ rule, line }) => `${line} ${rule}`);

describe('--fix corrects', () => {
  test.each([
    ['在LeanCloud上,数据有3个.', '在 LeanCloud 上，数据有 3 个。'],
    ['他说:"好的"(笑)。', '他说：“好的”（笑）。'],
    ['他说:"有3"。', '他说：“有 3”。'],
    ['用`npm`命令', '用 `npm` 命令'],
    ['用**npm**命令,真的', '用 **npm** 命令，真的'],
    ['中文 ，中文', '中文，中文'],
    ['Ａ１测试', 'A1 测试'],
    ['二维\u200b码', '二维码'],
    ['见[Astro文档](https://a.cn/x,y)里', '见 [Astro 文档](https://a.cn/x,y)里'],
    ['看https://a.cn/x,y 的', '看 https://a.cn/x,y 的'],
    ['| 列abc | b |\n| --- | --- |\n| 一,二 | 三 |', '| 列 abc | b |\n| --- | --- |\n| 一，二 | 三 |'],
    [
      '<Callout type="tip" title="先 a">\n  原话abc,二\n</Callout>',
      '<Callout type="tip" title="先 a">\n  原话 abc，二\n</Callout>',
    ],
    ['- 一,二\r\n  三abc\r\n', '- 一，二\r\n  三 abc\r\n'],
  ])('%s', (before, after) => {
    expect(fix(before)).toBe(after);
    expect(rules(before)).not.toEqual([]);
    expect(rules(after)).toEqual([]);
  });
});

describe('--fix leaves unchanged', () => {
  test.each([
    '用 `a,b中`，没有别的',
    '```\n中abc,中\n```',
    '<Quote>\n  原话abc,二\n</Quote>',
    '> 引用abc,二',
    '说一句 Hello, world 就好',
    '1.第一步',
    '特里.戴维斯',
    '听罗伯特 T. 清崎和 H. P. 弗雷讲',
    '顶级域名 .app 开放',
    '用 todo() 方法',
    '\\<标签\\>和\\{括号\\}',
    '脚注[^1]在这里\n\n[^1]: 注',
    '**先说。** 后说',
    '好的:)',
    '2026年11月20日，2026 年 11 月 20 日',
    '林夏 唐立',
    '![图abc](./a,b.png)',
    'Only English, here.',
    '屏幕 5"的，线 3\'的',
    '5"和 6"的屏',
  ])('%s', (text) => {
    expect(fix(text)).toBe(text);
    expect(rules(text)).toEqual([]);
  });
});

test.each(['甲\n\ufeff# ', '\u200b- 甲', '甲\n\u200b---', '\u2060> 甲'])(
  'a mark whose correction would change the meaning is reported but not fixed: %j',
  (text) => {
    expect(fix(text)).toBe(text);
    expect(rules(text)).not.toEqual([]);
  },
);

test('a heading is reported but not fixed, because links refer to its text', () => {
  const text = '## 标题abc\n';
  expect(rules(text)).toEqual(['7 copy-spacing']);
  expect(fix(text)).toBe(text);
  expect(reviewCopy(head + text, 'notes')[0]?.fix).not.toContain('--fix');
});

describe('text outside of the body is reported but not fixed', () => {
  const said = (source: string, form: Form = 'notes') =>
    reviewCopy(source, form).map(({ rule, line, column, fix: how }) => `${line}:${column} ${rule} ${how}`);

  test.each([
    ['title: 用npm发布', '2:9 copy-spacing 写成「用 npm 发布」'],
    ['title: "用npm发布"', '2:10 copy-spacing 写成「用 npm 发布」'],
    ["summary: '三行,一行'", '2:13 copy-punctuation 写成「三行，一行」'],
  ])('%s', (field, finding) => {
    const source = `---\n${field}\ndate: 2026-11-01\n---\n\n正文\n`;
    expect(said(source)).toEqual([finding]);
    expect(fixCopy(source, 'notes').source).toBe(source);
  });

  test('in attributes of components', () => {
    const body =
      '<Callout type="tip" title="先念,再删">\n  念\n</Callout>\n\n<Figure src="./a.png" alt="第1桌" />\n';
    expect(said(`${head}${body}`)).toEqual([
      '7:30 copy-punctuation 写成「先念，再删」',
      '11:29 copy-spacing 写成「第 1 桌」',
    ]);
    expect(fix(body)).toBe(body);
  });

  test('but not the names of a work, its authors and its publisher', () => {
    const work = 'work: { kind: book, title: 影响力abc, authors: [一,二], publisher: 某abc社, year: 2014 }';
    expect(said(`---\ntitle: 一\ndate: 2026-11-01\n${work}\nfor: 谁\n---\n\n正文\n`, 'breakdowns')).toEqual(
      [],
    );
  });
});

test('a finding names the first place of its kind in a paragraph, and how many there are', () => {
  expect(reviewCopy(`${head}第一行\n在LeanCloud上有AVObject，和,逗号`, 'notes')).toEqual([
    {
      rule: 'copy-spacing',
      level: 'warning',
      line: 8,
      column: 2,
      message: '中文和英文、数字之间少了空格，这一段有 3 处：「在LeanCl」',
      fix: '写成「在 LeanCl」，或运行 npm run check -- --fix',
    },
    {
      rule: 'copy-punctuation',
      level: 'warning',
      line: 8,
      column: 23,
      message: '中文里用了半角标点：「ject，和,逗号」',
      fix: '写成「ject，和，逗号」，或运行 npm run check -- --fix',
    },
  ]);
});

const pieces = fc.constantFrom(
  ...[
    '中',
    '文',
    '，',
    '。',
    '：',
    '（',
    '）',
    '“',
    '”',
    'a',
    'B',
    '1',
    '.',
    ',',
    ':',
    '?',
    '(',
    ')',
    '"',
    "'",
  ],
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\n- ',
    '\n## ',
    '\n> ',
    '\n1. ',
    '**',
    '*',
    '~~',
    '`',
    '[',
    '](./a.mdx)',
    '![',
    '| ',
  ],
  ...[
    '\\<',
    '&amp;',
    'https://a.cn/x,y',
    '[^1]',
    '\n[^1]: ',
    '<Quote>',
    '</Quote>',
    '\n<Callout type="tip">\n',
    '\n</Callout>\n',
    '\u200b',
    'Ａ',
  ],
);

test('--fix keeps the words and the front matter of any text, and changes nothing the second time', () => {
  const bare = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\u200b]/gu, '');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const source = head + parts.join('');
      const once = fixCopy(source, 'notes').source;
      expect(once.startsWith(head)).toBe(true);
      expect(bare(once)).toBe(bare(source));
      expect(fixCopy(once, 'notes').source).toBe(once);
    }),
    { numRuns: 400 },
  );
}, 60_000);
