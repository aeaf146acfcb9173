import { describe, expect, test } from 'vitest';
import type { Form } from '../model/form.ts';
import { compile } from './compile.ts';

const FRONT: Record<Exclude<Form, 'people'>, string> = {
  talks: 'speakers: [linxia]',
  breakdowns: 'for: x',
  discussions: 'week: 2026-W01',
  teardowns: 'level: 0-1',
  notes: 'kind: extra',
  digests: 'week: 2026-W01',
};

/** Findings in the body, as `line:column rule`; the body begins on line 6. */
function rules(body: string, form: Exclude<Form, 'people'> = 'notes'): string[] {
  const { findings } = compile(`---\ntitle: t\ndate: 2026-01-01\n${FRONT[form]}\n---\n${body}`, form);
  return findings
    .filter(({ line }) => line > 5)
    .filter(({ rule }) => rule !== 'missing-field')
    .map(({ line, column, rule }) => `${line}:${column} ${rule}`);
}

describe('markup that is not allowed is refused at its line and column', () => {
  test.each([
    ["import fs from 'node:fs'", '6:1 import-export'],
    ['export const a = 1', '6:1 import-export'],
    ['import 一些话', '6:1 import-export'],
    ['{process.env.KB_SECRET}', '6:1 expression'],
    ['字 {process.env.KB_SECRET} 字', '6:3 expression'],
    ['{/* 注释 */}', '6:1 expression'],
    ['<Callout type={"tip"}>字</Callout>', '6:10 expression'],
    ['<Callout {...x}>字</Callout>', '6:10 expression'],
    ['<script>alert(1)</script>', '6:1 script'],
    ['<SCRIPT src="https://a.cn/x.js" />', '6:1 script'],
    ['字\n\n- <script>alert(1)</script>', '8:3 script'],
    ['<img src="./a.png" onerror="alert(1)" />', '6:1 event-handler'],
    ['<div onclick="alert(1)">字</div>', '6:1 event-handler'],
    ['<Callout type="tip" onClick="x()">字</Callout>', '6:1 event-handler'],
    ['<iframe src="https://a.cn" />', '6:1 html-tag'],
    ['<style>\nbody\n</style>', '6:1 html-tag'],
    ['<svg><a /></svg>', '6:1 html-tag'],
    ['<form action="https://a.cn"><input /></form>', '6:1 html-tag'],
    ['字<br />字', '6:2 html-tag'],
    ['<>字</>', '6:1 html-tag'],
    ['<x:y>字</x:y>', '6:1 html-tag'],
    ['<Foo.Bar />', '6:1 unknown-component'],
    ['<constructor />', '6:1 html-tag'],
    ['<!-- 注释 -->', '6:2 html-comment'],
    ['[字](javascript:alert(1))', '6:1 unsafe-url'],
    ['[字](JaVaScRiPt:alert(1))', '6:1 unsafe-url'],
    ['[字](javascript&colon;alert(1))', '6:1 unsafe-url'],
    ['[字](&#106;avascript:alert(1))', '6:1 unsafe-url'],
    ['[字](&#x6A;ava&#x0A;script:alert(1))', '6:1 unsafe-url'],
    ['[字](<java&Tab;script:alert(1)>)', '6:1 unsafe-url'],
    ['[字](<&#32;javascript:alert(1)>)', '6:1 unsafe-url'],
    ['[字](vbscript:x)', '6:1 unsafe-url'],
    ['[字](data:text/html,x)', '6:1 unsafe-url'],
    ['[字](//a.cn/x)', '6:1 unsafe-url'],
    ['[字](/\\\\a.cn/x)', '6:1 unsafe-url'],
    ['[字]\n\n[字]: javascript:alert(1)', '8:1 unsafe-url'],
    ['[字]: javascript:alert(1)', '6:1 unsafe-url'],
    ['![图](https://a.cn/a.png)', '6:1 remote-image'],
    ['![图](//a.cn/a.png)', '6:1 remote-image'],
    ['![图](data:image/png;base64,AA)', '6:1 unsafe-url'],
    ['![图][a]\n\n[a]: https://a.cn/a.png', '6:1 image-reference'],
    ['<Figure src="https://a.cn/a.png" alt="图" />', '6:9 remote-image'],
    ['<Figure src="data:image/svg+xml,x" alt="图" />', '6:9 unsafe-url'],
    ['<Audio src="javascript:x" />', '6:8 unsafe-url'],
    ['<Attachment src="https://a.cn/a.pdf" title="文件" />', '6:13 file-address'],
    ['<Figure src="./a.png" alt="a&#1;b" />', '6:23 attribute-invalid'],
    ['<Figure src="./a.png" alt="a&#x202e;b" />', '6:23 attribute-invalid'],
    ['<Figure src="./a.png" alt="a&#xffff;b" />', '6:23 attribute-invalid'],
    ['字\u202e字', '6:2 control-character'],
    ['字&#x202e;字', '6:1 control-character'],
    ['[字](https://a.cn "&#8238;")', '6:1 control-character'],
    ['![字&#x2066;](./a.png)', '6:1 control-character'],
    ['```a&#x202e;b\n```', '6:1 control-character'],
    ['字\n\n<Callout type="tip">\n\n字', '8:1 unclosed-component'],
    ['字\u0001字', '6:2 control-character'],
  ])('%j', (body, expected) => {
    expect(rules(body)).toEqual([expected]);
  });

  test('each unsafe link, but not the safe link between them', () => {
    expect(rules('[a](javascript:x) [b](https://a.cn) [c](data:,x)')).toEqual([
      '6:1 unsafe-url',
      '6:37 unsafe-url',
    ]);
  });

  test.each(['{/* 待补 */}', '字 {/* 待补 */} 字'])(
    'the comment %j is to be deleted, not escaped',
    (body) => {
      const { findings } = compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body}`, 'notes');
      expect(findings.map(({ fix }) => fix)).toEqual(['删掉它；只给编辑看的话写在合并请求里']);
    },
  );

  // An address on the web would be refused next, so advice to write one would send its writer round in a circle.
  test.each([
    [String.raw`![图](C:\Users\me\shot.png)`, '把图片放到文章的文件夹里，写成 ./photo.jpg'],
    ['<Figure src="file:///Users/me/shot.png" alt="图" />', '把图片放到文章的文件夹里，写成 ./photo.jpg'],
    [String.raw`<Attachment src="C:\a.pdf" title="表" />`, '文件，放在同一文件夹里，写成 ./sheet.csv'],
  ])('%j is a file to put beside the entry', (body, advice) => {
    const { findings } = compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body}`, 'notes');
    expect(findings.map(({ rule, fix }) => [rule, fix])).toEqual([['unsafe-url', advice]]);
  });
});

describe('components', () => {
  test.each<[string, string, Exclude<Form, 'people'>]>([
    ['<Callout type="tip">没关', '6:1 unclosed-component', 'notes'],
    ['没开</Callout>', '6:4 unclosed-component', 'notes'],
    ['<Quote>字</Callout>', '6:9 unclosed-component', 'notes'],
    ['<Quot>字</Quot>', '6:1 unknown-component', 'notes'],
    ['<quote>字</quote>', '6:1 unknown-component', 'notes'],
    ['<Line who="a" t="0:01">字</Line>', '6:1 component-form', 'notes'],
    ['<Viewpoint who="a">字</Viewpoint>', '6:1 component-form', 'talks'],
    ['一句 <Quote>字</Quote> 话', '6:4 component-inline', 'notes'],
    ['- <Quote>字</Quote>', '6:3 component-inline', 'notes'],
    ['> <Quote>\n> 字\n> </Quote>', '6:3 component-place', 'notes'],
    ['<Quote>\n<Callout type="tip">字</Callout>\n</Quote>', '7:1 component-place', 'notes'],
    ['<Callout type="tip">\n<Members />\n</Callout>', '7:1 component-place', 'notes'],
    ['<Pick who="a">字</Pick>', '6:1 component-place', 'digests'],
    ['<Quote></Quote>', '6:1 component-content', 'notes'],
    ['<Members>字</Members>', '6:1 component-content', 'notes'],
    ['<Chart title="人数">\n- 报名：60 人\n- 办卡：二十五\n</Chart>', '6:1 component-content', 'notes'],
    ['<Chart title="人数">\n报名 60\n</Chart>', '6:1 component-content', 'talks'],
    ['<Quote who="a" from="12:34" to="12:33">字</Quote>', '6:29 attribute-invalid', 'notes'],
    ['<Callout>字</Callout>', '6:1 attribute-missing', 'notes'],
    ['<Callout type="error">字</Callout>', '6:10 attribute-invalid', 'notes'],
    ['<Callout type>字</Callout>', '6:10 attribute-invalid', 'notes'],
    ['<Callout type="tip" titel="x">字</Callout>', '6:21 attribute-unknown', 'notes'],
    ['<Callout type="tip" style="color:red">字</Callout>', '6:21 attribute-unknown', 'notes'],
    ['<Callout type="tip" type="note">字</Callout>', '6:21 attribute-twice', 'notes'],
    [`<Quote who="${'林'.repeat(81)}">字</Quote>`, '6:8 attribute-invalid', 'notes'],
    ['<Quote from="12">字</Quote>', '6:8 attribute-invalid', 'notes'],
    ['<Quote who="">字</Quote>', '6:8 attribute-invalid', 'notes'],
    ['<Line who="a" t="1:2">字</Line>', '6:15 attribute-invalid', 'talks'],
    ['<Line who="a" t="0:09">字</Line>\n<Line who="a" t="0:08">字</Line>', '7:1 line-order', 'talks'],
    ['<Day date="2026-02-30">\n<Pick who="a">字</Pick>\n</Day>', '6:6 attribute-invalid', 'digests'],
    ['甲\n\n<Members />\n\n乙\n\n<Members />', '12:1 members-twice', 'notes'],
    ['# 大标题', '6:1 heading-level', 'notes'],
    ['```&Tab;masthead\n字\n```', '6:1 code-language', 'notes'],
    ['大标题\n===', '6:1 heading-level', 'notes'],
    ['1 < 2 但 1<2', '6:10 mdx-syntax', 'notes'],
    ['一行<br>两行', '6:3 html-tag', 'notes'],
    ['<img src="./a.png">', '6:1 html-tag', 'notes'],
    ['<Callout type="tip">一行<br>两行</Callout>', '6:29 html-tag', 'notes'],
    ['<https://a.cn>', '6:1 mdx-syntax', 'notes'],
  ])('%j is reported as %s', (body, expected, form) => {
    expect(rules(body, form)).toEqual([expected]);
  });

  const steps = ['Background', 'Goal', 'Insight', 'Mechanism', 'Numbers', 'Logic', 'Copy', 'Avoid'];
  const teardown = (names: string[]) =>
    rules(names.map((name) => `<${name}>字</${name}>`).join('\n\n'), 'teardowns');

  test('a teardown needs each step once and in order, and only Numbers may be missing', () => {
    expect(teardown(steps)).toEqual([]);
    expect(teardown(steps.filter((step) => step !== 'Numbers'))).toEqual([]);
    expect(teardown(steps.filter((step) => step !== 'Goal'))).toEqual(['6:1 step-missing']);
    expect(teardown(['Background'])).toEqual(['6:1 step-missing']);
    expect(teardown(['Goal', 'Background', ...steps.slice(2)])).toEqual(['8:1 step-order']);
    expect(teardown(['Background', ...steps])).toEqual(['8:1 step-twice']);
  });

  test('a day of a digest must be in its week', () => {
    const digest = (week: string) =>
      compile(
        `---\ntitle: t\ndate: 2026-11-22\nweek: ${week}\n---\n<Day date="2026-11-16">\n<Pick who="a">字</Pick>\n</Day>`,
        'digests',
      ).findings.map(({ line, rule, message, fix }) => [line, rule, message, fix]);
    expect(digest('2026-W47')).toEqual([]);
    expect(digest('2026-W46')).toEqual([
      [
        6,
        'day-outside-week',
        '2026-11-16 不在这一周里',
        '改成 2026-11-09 到 2026-11-15 里的一天，或者改正 week',
      ],
    ]);
  });

  test('each day of a digest is written once, and in order', () => {
    const digest = (...days: number[]) => {
      const body = days
        .map((day) => `<Day date="2026-11-${day}">\n<Pick who="a">字</Pick>\n</Day>`)
        .join('\n');
      const front = '---\ntitle: t\ndate: 2026-11-22\nweek: 2026-W47\n---\n';
      return compile(front + body, 'digests').findings.map(
        ({ line, rule, level, message }) => `${line} ${level} ${rule} ${message}`,
      );
    };
    expect(digest(16, 17, 19)).toEqual([]);
    expect(digest(16, 16)).toEqual(['9 warning day-order 2026-11-16 写了两次']);
    expect(digest(16, 18, 17, 19)).toEqual(['12 warning day-order 2026-11-17 写在了 2026-11-18 的后面']);
  });

  test('a finding says what was written and what to write', () => {
    const { findings } = compile(
      '---\ntitle: t\ndate: 2026-01-01\n---\n<Callout typ="tip">字</Callout>',
      'notes',
    );
    expect(findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '<Callout> 没有属性 typ → 是不是 type？',
      '<Callout> 缺少 type → 加上 type="…"，tip（提示）、note（说明）或 warning（注意）',
    ]);
  });
});

test.each([
  ['<callout type="tip">字</callout>', '是不是 <Callout>？'],
  ['<Calout type="tip">字</Calout>', '是不是 <Callout>？'],
  ['<Line who="a" t="0:01">字</Line>', '它只用在 talks 里，看文章是不是放错了文件夹；这里可以用 '],
  ['<Note>字</Note>', '这里可以用 '],
  ['字<br>字', '换行在行尾写一个反斜杠'],
  ['<Callout type="tip" style="color:red">字</Callout>', '删掉它，或写 title'],
  ['<Callout type="tip" titel="x">字</Callout>', '是不是 title？'],
  ['<constructor>', '用 Markdown 的写法'],
  ['<Callout type="tip">\n  字', '补上对应的结束标签 </Callout>；没有内容的写成 <Callout … />'],
])('the finding for %j says what to write instead', (body, fix) => {
  const { findings } = compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body}`, 'notes');
  expect(findings.map((finding) => finding.fix)).toEqual([expect.stringContaining(fix)]);
});

test('the chapters of a talk must be in order and within its duration', () => {
  const talk = (chapters: string) =>
    compile(
      `---\ntitle: t\ndate: 2026-01-01\nspeakers: [a]\nduration: 10:00\nchapters:\n${chapters}---\n`,
      'talks',
    ).findings.map(({ line, rule }) => `${line} ${rule}`);
  expect(talk('  - { t: 0:00, title: 甲 }\n  - { t: 5:00, title: 乙 }\n')).toEqual([]);
  expect(
    talk('  - { t: 5:00, title: 甲 }\n  - { t: 4:59, title: 乙 }\n  - { t: 10:01, title: 丙 }\n'),
  ).toEqual(['8 chapter-order', '9 chapter-order']);
});

test.each([
  ['in the front matter', '---\n<<<<<<< HEAD\ntitle: 甲\n=======\ntitle: 乙\n>>>>>>> main\n---\n字\n', '2:1'],
  [
    'in the body',
    '---\ntitle: t\ndate: 2026-01-01\n---\n字\n\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> main\n',
    '7:1',
  ],
])('the marks of a conflict are one finding: %s', (_, source, place) => {
  const { findings } = compile(source, 'notes');
  expect(findings.map(({ rule, line, column }) => `${line}:${column} ${rule}`)).toEqual([
    `${place} merge-conflict`,
  ]);
});

test('the marks of a conflict may be shown as code', () => {
  const body = '```\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> main\n```\n';
  expect(compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body}`, 'notes').findings).toEqual([]);
});

test.each([
  ['<Quote who=“a”>字</Quote>', '属性没有写对'],
  ['<Quote who＝"a">字</Quote>', '属性没有写对'],
  ['<Callout type=tip>字</Callout>', '属性没有写对'],
  ['<Quote who="a”>字</Quote>', '缺少英文的引号'],
  ['甲 <乙，丙', '小于号'],
  ['甲a<b。', '小于号'],
  ['<Callout type="tip" title="他说"好"了">字</Callout>', '属性没有写对'],
  ['<Callout，type="tip">字</Callout>', '属性没有写对'],
  ['甲<img src="./a.png">乙', 'HTML 标签 <img>'],
  ['<details><summary>点</summary>\n\n字\n\n</details>', 'HTML 标签 <details>'],
  ['<Callout type="tip">\n  字', '没有关闭：<Callout>'],
  ['<Callout type="tip">\n  字\n</Quote>', '结束标签 </Quote> 和开始的 <Callout> 对不上'],
  [
    '<Callout type="tip" title="先念一遍">\n  字\n  字。</Callout>',
    '5:1 <Callout> 和 </Callout> 只有一个单独占一行',
  ],
  ['<Callout type="tip">字\n  字\n</Callout>', '5:1 <Callout> 和 </Callout> 只有一个单独占一行'],
  ['<Callout type="tip"\n  字\n</Callout>', '5:1 <Callout> 的最后少了 >'],
  ['字\n\n<Callout type="tip>\n  字\n</Callout>\n\n他说"好"。', '7:1 <Callout> 的引号没有成对'],
  ['<Callout type="tip" title="先念>\n  字\n</Callout>', '5:1 <Callout> 的引号没有成对'],
  ['＜Callout type="tip"＞\n  字\n</Callout>', '5:1 <Callout> 的尖括号是全角的'],
  ['<Callout type="tip">\n  字\n<Callout>\n', '7:1 前面的 <Callout> 还没有结束'],
  [
    '<Callout type="tip" title="转化 >3%">\n  5" 的屏，甲 <乙，丙\n</Callout>',
    '6:11 小于号 < 被当成了组件的开头',
  ],
  ['<Members>\n\n字', '5:1 <Members> 里面没有内容，要写成 <Members />'],
  ['改成 <昵称> 就行', '5:4 小于号 < 被当成了组件的开头：<昵称>'],
  ['打一对 <> 就行', '5:5 小于号 < 被当成了组件的开头：<>'],
  ['打一个 { 就行，\n另一行\n\n另一段', '5:5 花括号 { 没有写完整'],
])('the finding for %j says what is wrong: %s', (body, message) => {
  const { findings } = compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body}`, 'notes');
  const said = findings.map((finding) => `${finding.line}:${finding.column} ${finding.message}`);
  expect(said).toEqual([expect.stringContaining(message)]);
});
