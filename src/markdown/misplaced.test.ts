import { expect, test } from 'vitest';
import type { Form } from '../model/form.ts';
import { formatFinding } from '../model/finding.ts';
import { compile } from './compile.ts';

function findings(form: Form, front: string, body: string): string[] {
  const { findings: found } = compile(`---\ntitle: 标题\ndate: 2026-01-01\n${front}---\n${body}\n`, form);
  return found.map((finding) => formatFinding({ ...finding, file: 'x.mdx' }).replace(/^x\.mdx:/, ''));
}

test('a talk among the notes is one mistake, and is checked as the talk that it is', () => {
  const body =
    '<Line who="linxia" t="0:09">先说结论。</Line>\n\n<Line who="linxia" t="0:12">再说原因。</Line>';
  expect(findings('notes', 'speakers: [linxia]\nduration: "1:00"\n', body)).toEqual([
    '1:1 错误 文章在 notes 里，写的却是 talks（有 <Line>、speakers、duration） → 连同它的图片和录音移到 talks 文件夹；要是没放错，就去掉这些',
  ]);
  expect(
    findings('digests', 'speakers: [linxia]\n', `${body}\n\n<Line who="linxia" t="0:01">倒了。</Line>`),
  ).toEqual([
    expect.stringMatching(/^1:1 错误 文章在 digests 里，写的却是 talks（有 <Line>、speakers）/),
    expect.stringMatching(/^10:1 错误 这一段的时间 0:01 比上一段早/),
  ]);
});

test.each<[string, Form, string, string]>([
  [
    'a case',
    'notes',
    'case: { name: 书店, channel: 门店, period: 2026 }\n',
    '<Background>开在巷子里。</Background>',
  ],
  ['a person', 'notes', 'name: 林夏\njoined: 2026-01-01\n', '字'],
  ['transcript lines', 'notes', '', '<Line who="a" t="0:01">甲</Line>\n\n<Line who="a" t="0:02">乙</Line>'],
])('%s in the folder of %s is found', (_, form, front, body) => {
  expect(findings(form, front, body)[0]).toMatch(/^1:1 错误 文章在 notes 里/);
});

test.each<[string, Form, string, string, RegExp]>([
  ['one component of another form', 'notes', '', '<Idea>字</Idea>', /<Idea> 不能用在 notes 里/],
  [
    'optional fields of another form',
    'notes',
    'audio: ./a.mp3\nduration: "1:00"\n',
    '字',
    /不认识的字段 “audio”/,
  ],
  [
    'something of its own form',
    'notes',
    'kind: tool\nspeakers: [a]\nduration: "1:00"\n',
    '字',
    /不认识的字段 “speakers”/,
  ],
  [
    'components of two other forms',
    'notes',
    '',
    '<Idea>字</Idea>\n\n<Viewpoint who="a">字</Viewpoint>',
    /<Idea> 不能用在 notes 里/,
  ],
  [
    'a field of its own form in faultless front matter',
    'notes',
    'kind: reading\n',
    '<Idea>字</Idea>\n\n<Idea>字</Idea>',
    /^6:1 错误 <Idea> 不能用在 notes 里/,
  ],
  [
    'the picks of a digest, copied into a discussion with its question,',
    'discussions',
    'question: 先做什么？\nasked_by: linxia\nweek: 2026-W01\n',
    '<Day date="2026-01-01">\n<Pick who="linxia">字</Pick>\n</Day>',
    /<Day> 不能用在 discussions 里/,
  ],
])('%s is no reason to think that an entry belongs elsewhere', (_, form, front, body, expected) => {
  const found = findings(form, front, body);
  expect(found[0]).toMatch(expected);
  expect(found.join('\n')).not.toContain('写的却是');
});
