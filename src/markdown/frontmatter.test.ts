import { expect, test } from 'vitest';
import { formatFinding } from '../model/finding.ts';
import { schemas } from '../model/schemas.ts';
import { readFrontMatter } from './frontmatter.ts';

const read = (source: string, form: keyof typeof schemas = 'notes') => readFrontMatter(source, schemas[form]);
const lines = (source: string, form?: keyof typeof schemas) =>
  read(source, form).findings.map((finding) => formatFinding({ ...finding, file: 'x.mdx' }));

test('reads a minimal front matter, and the body begins after it', () => {
  const source = '---\ntitle: 一则\ndate: 2026-11-22\n---\n\n正文\n';
  const { data, findings, body, bodyOffset, bodyLine } = read(source);
  expect(findings).toEqual([]);
  expect(data).toMatchObject({ title: '一则', date: '2026-11-22', kind: 'extra' });
  expect(source.slice(bodyOffset)).toBe(body);
  expect([body, bodyLine]).toEqual(['\n正文\n', 4]);
});

test('what may be a text or a number is said to be a text, whatever else was written', () => {
  const source =
    '---\ntitle: 店\ndate: 2026-11-22\ncase: { name: 店, channel: offline, period: [2024, 2025] }\n---\n';
  expect(lines(source, 'teardowns')).toEqual([
    expect.stringContaining('x.mdx:4:44 错误 case.period 应该是文字（像数字的要加引号），写的是列表'),
  ]);
});

test('accepts Windows line endings', () => {
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
  ['\n---\ntitle: a\n---\n', 'x.mdx:1:1 错误 信息区前面有空行或空格 → 删掉它们，让 --- 在第一行的最前面'],
  [
    '———\ntitle: a\n———\n',
    'x.mdx:1:1 错误 第一行写的是 ———，不是三个英文的减号 → 改成 ---；电脑总是换成长横线的话，把“智能破折号”关掉',
  ],
  [
    '```mdx\n---\ntitle: a\n---\n正文\n```\n',
    'x.mdx:1:1 错误 整篇放在了代码块里 → 删掉第一行和最后一行的 ```，让 --- 在第一行的最前面',
  ],
])('%j is refused', (source, line) => {
  expect(lines(source)).toEqual([line]);
});

test.each<[string, string[]]>([
  ['title: a\ndate: 2026-01-01\ntilte: b', ['x.mdx:4:1 错误 不认识的字段 “tilte” → 是不是 “title”？']],
  ['title: a\ndate: 2026-01-01\ntags: [b]', ['x.mdx:4:1 错误 不认识的字段 “tags” → 是不是 “topics”？']],
  ['date: 2026-01-01', ['x.mdx:1:1 错误 缺少 title → title：标题，1–80 个字；像数字或日期的要加引号']],
  [
    'title: 2026\ndate: 2026-01-01',
    ['x.mdx:2:8 错误 title 应该是文字（像数字的要加引号），写的是 “2026” → 写成 "2026"，加上英文的引号'],
  ],
  [
    'title:\ndate: 2026-02-30',
    [
      'x.mdx:2:7 错误 title 是空的 → title：标题，1–80 个字；像数字或日期的要加引号',
      'x.mdx:3:7 错误 date 写的是 “2026-02-30”，日历上没有这一天 → date：日期，写成 2026-11-22；晚于今天的到那天才发布',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\nkind: xx\nrole: [user, boss]',
    [
      'x.mdx:4:7 错误 kind 不能写 “xx” → kind：哪一种：extra（经验，默认）、reading（读书）、tool（工具）、interview（面试）、file（资料）',
      'x.mdx:5:14 错误 role 第 2 项 不能写 “boss” → role：讲哪类运营：user（用户）、content（内容）、event（活动）、community（社群）、product（产品）、growth（增长），几类写成 [user, content]',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\ntopics: [a, b, c, d, e, f]',
    [
      'x.mdx:4:9 错误 topics 太多，最多 5 个 → topics：主题，最多 5 个，用 topics.yaml 里的英文名，例如 [retention]',
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
  [
    'title: a\ndate: 2026-01-01\npeople: { author: [linxia, 3] }',
    [
      'x.mdx:4:28 错误 people.author 第 2 项 应该是文字（像数字的要加引号），写的是 “3” → 写成 "3"，加上英文的引号',
    ],
  ],
  [
    'title: a\ndate: 2026-01-01\n\u3000kind: tool',
    ['x.mdx:4:1 错误 字段 kind 前面有全角的或特殊的空格 → 换成普通的空格'],
  ],
  [
    'title: a\ndate: 2026-01-01\nsummary: #公告#三行',
    ['x.mdx:4:10 错误 summary 是空的：# 和后面的字不算 → 整个值加引号：summary: "#公告#三行"'],
  ],
])('says what is wrong with %j', (yaml, expected) => {
  expect(lines(`---\n${yaml}\n---\n`)).toEqual(expected);
});

test.each([
  ['title: "公告"只写三行', '2:8 引号后面还有字 → 整个值加引号：title: \'"公告"只写三行\''],
  ['title: [复盘] 公告', '2:8 值以特殊符号开头 → 整个值加引号：title: "[复盘] 公告"'],
  ['title: *重要* 公告', '2:8 值以特殊符号开头 → 整个值加引号：title: "*重要* 公告"'],
  ['title: {昵称} 你好', '2:8 值以特殊符号开头 → 整个值加引号：title: "{昵称} 你好"'],
  ['title: @所有人', '2:8 值以特殊符号开头 → 整个值加引号：title: "@所有人"'],
  ['title: %30 的人', '2:8 值以特殊符号开头 → 整个值加引号：title: "%30 的人"'],
  ['title: `npm` 怎么用', '2:8 值以特殊符号开头 → 整个值加引号：title: "`npm` 怎么用"'],
  ['title: > 公告', '2:8 值以特殊符号开头 → 整个值加引号：title: "> 公告"'],
  ['title: - 公告', '2:8 值以 - 开头 → 要写列表就写成 title: [公告]；是文字就整个值加引号：title: "- 公告"'],
  ['title: !重要公告', '2:8 值以特殊符号开头 → 整个值加引号：title: "!重要公告"'],
  ['title: 公告: 三行', '2:8 值里有冒号和空格 → 整个值加引号：title: "公告: 三行"'],
  ['title: a\ntopics: [a, b\ndate: 2026-01-01', '3:9 少了 ] → 写成 topics: [a, b]'],
  ['title: a\npeople: { host: a\ndate: 2026-01-01', '3:9 少了 } → 写成 people: { host: a }'],
  ['title:\u00a0公告', '2:1 冒号后面是全角的或特殊的空格 → 换成普通的空格'],
  ['title:\u3000公告', '2:1 冒号后面是全角的或特殊的空格 → 换成普通的空格'],
  ['kind = extra', '2:1 写成了等号 → 改成英文的冒号，后面空一格，例如 title: 标题'],
  [' title: 公告', '2:1 第一个字段前面有空格 → 删掉它，最外面的字段前面不留空格'],
  ['- title: 公告', '2:1 第一个字段前面有 - → 删掉它，字段写在行首'],
])('says how to mend the YAML %j', (yaml, expected) => {
  const [first] = read(`---\n${yaml}\ndate: 2026-01-01\n---\n`).findings;
  expect(`${first!.line}:${first!.column} ${first!.message} → ${first!.fix}`).toBe(
    expected.replace(' ', ' 不是正确的 YAML：'),
  );
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

test.each([
  ['title：a\ndate: 2026-01-01', '2:1', '冒号是中文的 → 改成英文的冒号，后面空一格，例如 title: 标题'],
  [
    'title: a\ndate: 2026-01-01\nsummary：b',
    '4:1',
    '冒号是中文的 → 改成英文的冒号，后面空一格，例如 title: 标题',
  ],
  ['title：a\ndate：2026-01-01', '2:1', '冒号是中文的 → 改成英文的冒号，后面空一格，例如 title: 标题'],
  ['# 新的\ntitle:a\ndate:2026-01-01', '3:1', '冒号后面少了空格 → 冒号后空一格，例如 title: 标题'],
  ['title:a\ndate: 2026-01-01', '2:1', '冒号后面少了空格 → 冒号后空一格，例如 title: 标题'],
  ['title: a\n date: 2026-01-01', '3:1', '缩进不对 → 开头的空格和同一级的字段对齐；最外面的字段前面不留空格'],
  ['title: "a\ndate: 2026-01-01\nkind: tool', '2:8', '引号没有写完 → 值的前后各写一个英文的引号'],
  [
    'title: a\ntitle: b\ndate: 2026-01-01',
    '3:1',
    '同一个字段写了两次 → 只留一处；是列表里的另一项，行首写 -；是上一个字段里面的，多空两格',
  ],
  ['people:\n\thost: x', '3:1', '用了 Tab 缩进，要用空格 → 把行首的 Tab 换成两个空格'],
  [
    'title: a\nsummary: 一\n二\ndate: 2026-01-01',
    '4:1',
    '这一行没有“字段:” → 接着上一行说的写到上一行里；是新的字段就写成“字段: 值”',
  ],
])('reports what is wrong with YAML %j at the place where it was typed', (yaml, place, told) => {
  expect(lines(`---\n${yaml}\n---\n`)).toEqual([`x.mdx:${place} 错误 不是正确的 YAML：${told}`]);
});

test('refuses nested aliases before they expand', () => {
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

test('reports nesting that would exhaust the stack as a finding', () => {
  const [finding] = read(`---\ntitle: ${'['.repeat(20_000)}\ndate: 2026-01-01\n---\n`).findings;
  expect(finding).toMatchObject({
    rule: 'yaml-syntax',
    message: '不是正确的 YAML：一层套一层，套得太深了',
  });
});

test('refuses front matter larger than 64 KB without reading it', () => {
  expect(read(`---\ntitle: ${'长'.repeat(30_000)}\n---\n`).findings.map(({ rule }) => rule)).toEqual([
    'front-matter-too-large',
  ]);
});

test.each([
  ['blank lines', `${'\n'.repeat(32)}title: [a`, '不是正确的 YAML：少了 ]'],
  ['spaces in a value', `title: a: ${' '.repeat(60_000)}b`, '不是正确的 YAML：一行里有两个“字段: 值”'],
  ['spaces in a comment', `title: #a${' '.repeat(60_000)}b`, 'title 是空的：# 和后面的字不算'],
])('a mistake after or before many %s is found in linear time', { timeout: 1000 }, (_, text, message) => {
  expect(lines(`---\n${text}\ndate: 2026-11-22\n---\n`)).toEqual([expect.stringContaining(message)]);
});

test('a front matter that is too large is refused before it is read', { timeout: 1000 }, () => {
  expect(lines(`---\n${'\n'.repeat(200_000)}title: a\n---\n`)).toEqual([
    'x.mdx:1:1 错误 信息区超过 64 KB → 长的内容写到正文里',
  ]);
});
