import { expect, test } from 'vitest';
import { formatFinding } from '../model/finding.ts';
import { schemas } from '../model/schemas.ts';
import { readFrontMatter } from './frontmatter.ts';

const read = (source: string, form: keyof typeof schemas = 'notes') => readFrontMatter(source, schemas[form]);
const lines = (source: string, form?: keyof typeof schemas) =>
  read(source, form).findings.map((finding) => formatFinding({ ...finding, file: 'x.mdx' }));

test('the least front matter is read, and the body begins where it ends', () => {
  const source = '---\ntitle: 一则\ndate: 2026-11-22\n---\n\n正文\n';
  const { data, findings, body, bodyOffset, bodyLine } = read(source);
  expect(findings).toEqual([]);
  expect(data).toMatchObject({ title: '一则', date: '2026-11-22', kind: 'extra' });
  expect(source.slice(bodyOffset)).toBe(body);
  expect([body, bodyLine]).toEqual(['\n正文\n', 4]);
});

test('lines end as Windows ends them, too', () => {
  const { data, body, bodyLine } = read('---\r\ntitle: 一则\r\ndate: 2026-11-22\r\n---\r\n正文\r\n');
  expect(data).toMatchObject({ title: '一则', date: '2026-11-22' });
  expect([body, bodyLine]).toEqual(['正文\r\n', 4]);
});

test.each([
  ['正文\n', 'x.mdx:1:1 错误 开头没有信息区 → 第一行写 ---，接着写 title: 标题、date: 日期，再写一行 ---'],
  ['---\ntitle: a\n正文\n', 'x.mdx:1:1 错误 信息区没有结束 → 在信息区最后另起一行写 ---'],
  ['---js\n{ title: process.exit(3) }\n---\n', 'x.mdx:1:1 错误 信息区用了 js，只能用 YAML → 第一行只写 ---'],
  ['---json\n{"title": "a"}\n---\n', 'x.mdx:1:1 错误 信息区用了 json，只能用 YAML → 第一行只写 ---'],
  ['---coffee\ntitle\n---\n', 'x.mdx:1:1 错误 信息区用了 coffee，只能用 YAML → 第一行只写 ---'],
  ['---constructor\ntitle\n---\n', 'x.mdx:1:1 错误 信息区用了 constructor，只能用 YAML → 第一行只写 ---'],
  ['---__proto__\ntitle\n---\n', 'x.mdx:1:1 错误 信息区用了 __proto__，只能用 YAML → 第一行只写 ---'],
])('%j is refused', (source, line) => {
  expect(lines(source)).toEqual([line]);
});

test.each<[string, string[]]>([
  ['title: a\ndate: 2026-01-01\ntilte: b', ['x.mdx:4:1 错误 不认识的字段 “tilte” → 是不是 “title”？']],
  ['date: 2026-01-01', ['x.mdx:1:1 错误 缺少 title → title：标题，1–80 个字；像数字或日期的要加引号']],
  [
    'title: 2026\ndate: 2026-01-01',
    [
      'x.mdx:2:8 错误 title 应该是文字（像数字的要加引号），写的是 “2026” → title：标题，1–80 个字；像数字或日期的要加引号',
    ],
  ],
  [
    'title:\ndate: 2026-02-30',
    [
      'x.mdx:2:7 错误 title 是空的 → title：标题，1–80 个字；像数字或日期的要加引号',
      'x.mdx:3:7 错误 date 写的是 “2026-02-30”，不是 YYYY-MM-DD 形式的日期 → date：日期，写成 2026-11-22；晚于今天的到那天才发布',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\nkind: xx\nrole: [user, boss]',
    [
      'x.mdx:4:7 错误 kind 不能写 “xx” → kind：哪一种：extra（加餐，默认）、reading（读书笔记）、tool（工具）、interview（面试）、file（文件）',
      'x.mdx:5:14 错误 role 第 2 项 不能写 “boss” → role：讲哪类运营：user、content、event、community、product、growth，可以写成列表',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\ntopics: [a, b, c, d, e, f]',
    [
      'x.mdx:4:9 错误 topics 太多，最多 5 个 → topics：话题，最多 5 个，用 topics.yaml 里的英文名，例如 [retention]',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\nseries: s',
    [
      'x.mdx:4:9 错误 series 和 number 要一起写 → series：所属系列，用 series.yaml 里的英文名；要和 number 一起写',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\npeople: { hots: linxia }',
    ['x.mdx:4:11 错误 不认识的字段 “hots” → 是不是 “host”？'],
  ],
])('%j is told to its writer', (yaml, expected) => {
  expect(lines(`---\n${yaml}\n---\n`)).toEqual(expected);
});

test.each([
  ['title: "a\ndate: 2026-01-01', 'yaml-syntax'],
  ['title: a: b\ndate: 2026-01-01', 'yaml-syntax'],
  ['title: a\n\tdate: x', 'yaml-syntax'],
  ['title: a\ntitle: b\ndate: 2026-01-01', 'yaml-syntax'],
  ['title: &t a\ndate: 2026-01-01', 'yaml-alias'],
  ['title: *t\ndate: 2026-01-01', 'yaml-alias'],
  ['title: !!js/function "x"\ndate: 2026-01-01', 'yaml-tag'],
  ['title: !x a\ndate: 2026-01-01', 'yaml-tag'],
  ['title: a\ndate: 2026-01-01\n__proto__: { x: 1 }', 'unknown-field'],
  ['title: a\ndate: 2026-01-01\nconstructor: 1', 'unknown-field'],
  ['- a', 'invalid-field'],
  ['', 'missing-field'],
])('YAML %j is refused as %s', (yaml, rule) => {
  const [first] = read(`---\n${yaml}\n---\n`).findings;
  expect(first?.rule).toBe(rule);
  expect(read(`---\n${yaml}\n---\n`).data).toBeUndefined();
});

test('aliases that blow up are refused before they do', () => {
  const yaml = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'
      .split('')
      .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]!}`).join(',')}]`),
  ].join('\n');
  expect(new Set(read(`---\n${yaml}\n---\n`).findings.map(({ rule }) => rule))).toEqual(
    new Set(['yaml-alias']),
  );
});

test('nesting that exhausts the stack is a finding', () => {
  const [finding] = read(`---\ntitle: ${'['.repeat(20_000)}\ndate: 2026-01-01\n---\n`).findings;
  expect(finding?.rule).toBe('yaml-syntax');
});

test('front matter larger than 64 KB is refused unread', () => {
  expect(read(`---\ntitle: ${'长'.repeat(30_000)}\n---\n`).findings.map(({ rule }) => rule)).toEqual([
    'front-matter-too-large',
  ]);
});
