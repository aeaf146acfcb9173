import { expect, test } from 'vitest';
import { processorTime } from '../../tests/lib/processor-time.ts';
import { LIMITS } from '../model/limits.ts';
import { compile } from './compile.ts';
import { parseBody } from './parse.ts';

const talk = (body: string) => `---\ntitle: t\ndate: 2026-01-01\nspeakers: [a]\n---\n${body}`;

test('components on consecutive lines are separate blocks', () => {
  const root = parseBody(
    '<Line who="a" t="0:01">甲</Line>\n<Line who="b" t="0:02">乙</Line>\n\n文字 <Quote>丙</Quote>',
  );
  expect('children' in root && root.children.map(({ type }) => type)).toEqual([
    'mdxJsxFlowElement',
    'mdxJsxFlowElement',
    'paragraph',
  ]);
});

test('blank lines put between components do not change the line or column of others', () => {
  const root = parseBody(
    '开头\n\n<Line who="a" t="0:01">甲</Line>\n<Line who="b" t="0:02">乙</Line>\n<Line who="c" t="0:03">丙</Line>\n\n结尾',
  );
  expect(
    'children' in root && root.children.map(({ position }) => [position?.start.line, position?.start.offset]),
  ).toEqual([
    [1, 0],
    [3, 4],
    [4, 36],
    [5, 68],
    [7, 101],
  ]);
  const { findings } = compile(
    talk('<Line who="a" t="0:01">甲</Line>\n<Line who="a" t="x">乙</Line>\n<Line who="a" t="0:02">{x</Line>'),
    'talks',
  );
  expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['8 unclosed-component']);
});

test('a list counts once, however many items it has', () => {
  const isRead = (quotes: number) =>
    'children' in parseBody(`\n${'- a\n'.repeat(1200)}${'\n> a\n'.repeat(quotes)}`);
  expect(isRead(LIMITS.containers - 1)).toBe(true);
  expect(isRead(LIMITS.containers)).toBe(false);
});

test('code blocks keep their lines together', () => {
  const code = '```\n<Line who="a" t="0:01">甲</Line>\n<Line who="b" t="0:02">乙</Line>\n```';
  const root = parseBody(code);
  expect('children' in root && root.children[0]).toMatchObject({
    type: 'code',
    value: code.split('\n').slice(1, 3).join('\n'),
  });
});

test(
  'a long transcript without blank lines takes about as long as one with them',
  { timeout: 60_000 },
  async () => {
    const lines = Array.from(
      { length: 1000 },
      (_, i) => `<Line who="a" t="${i}:00">第 ${i} 句，**大家**好。</Line>`,
    );
    const measure = (body: string) =>
      processorTime(() => expect(compile(talk(body), 'talks').body?.lines).toHaveLength(1000));
    const apart = await measure(lines.join('\n\n'));
    // As one paragraph it took ten times as long, growing with the square of the lines.
    expect(await measure(lines.join('\n'))).toBeLessThan(4 * apart);
  },
);

const times = (count: number, text: string) => text.repeat(count);

test.each([
  ['quotes', times(20_000, '>') + 'a', 'nesting-too-deep'],
  ['lists', times(200, '- ') + 'a', 'nesting-too-deep'],
  [
    'indented lists',
    Array.from({ length: 300 }, (_, i) => `${times(i, '  ')}- a`).join('\n'),
    'nesting-too-deep',
  ],
  ['components', times(3000, '<Callout type="tip">') + times(3000, '</Callout>'), 'nesting-too-deep'],
  [
    'components on lines of their own',
    times(150, '<Callout type="tip">\n') + 'a\n' + times(150, '</Callout>\n'),
    'nesting-too-deep',
  ],
  ['emphasis', times(500, '*a **b ') + times(500, '** *'), 'too-much-markup'],
  ['open tags', times(3000, '<Callout type="tip">'), 'unclosed-component'],
  ['brackets', times(3000, '['), 'too-much-markup'],
  ['links', times(2000, '[a]('), 'too-much-markup'],
  ['stars', times(3000, '*a '), 'too-much-markup'],
  ['closing brackets', times(600, 'a]'), 'too-much-markup'],
  ['two kinds of emphasis', times(300, '*a_'), 'too-much-markup'],
  ['marks in every paragraph', times(200, `${times(400, '*a ')}\n\n`), 'too-much-markup'],
  ['marks below the limit in each paragraph', times(2, `${times(490, 'a]')}\n\n`), undefined],
  ['unclosed titles', times(600, '[a](b "'), 'too-much-markup'],
  ['lines', times(20_001, 'a\n'), 'too-much-markup'],
  ['quote lines without a mark', `> a\n${times(1001, 'b\n')}`, 'too-much-markup'],
  ['quote lines with a mark now and then', times(3, `> a\n${times(400, 'b\n')}`), 'too-much-markup'],
  ['lines in several quotes', times(3, `> a\n${times(400, 'b\n')}\n`), undefined],
  ['underlined headings', times(1001, 'a\n---\n'), 'too-much-markup'],
  ['headings with the same name', times(9000, '## 汉\n\n'), undefined],
  ['braces', times(10_000, '{'), 'unclosed-component'],
  ['angle brackets', times(10_000, '<'), 'mdx-syntax'],
  ['table columns', `${times(500, '|a')}|\n${times(500, '|-')}|`, undefined],
  [
    'table rows',
    `${times(1000, '|a')}|\n${times(1000, '|-')}|\n${times(19_000, '|a|\n')}`,
    'too-much-markup',
  ],
  [
    'repeated long addresses',
    `[a]: https://a.example/${times(100_000, 'a')}\n\n${times(100, `${times(200, '[a] ')}\n\n`)}`,
    'too-much-markup',
  ],
  [
    'repeated long titles',
    `[a]: https://a.example/ "${times(100_000, 'a')}"\n\n${times(100, `${times(200, '[a] ')}\n\n`)}`,
    'too-much-markup',
  ],
  ['references', `[a]: https://a.example/\n\n${times(100, `${times(200, '[a] ')}\n\n`)}`, undefined],
])('a flood of %s is refused or harmless, and quickly', { timeout: 30_000 }, (_, body, rule) => {
  const { findings } = compile(`---\ntitle: t\ndate: 2026-01-01\n---\n${body}`, 'notes');
  expect(findings.map((finding) => finding.rule)).toEqual(rule === undefined ? [] : [rule]);
});

test.each([
  ['quote lines without a mark', `> a\n${times(1001, 'b\n')}`, 1002],
  ['underlined headings', times(1001, 'a\n---\n'), 2002],
  ['lines', times(20_001, 'a\n'), 20_001],
])('too many %s are reported at the first one over the limit', (_, body, line) => {
  expect(parseBody(body)).toMatchObject({ rule: 'too-much-markup', line });
});

test('reports every fault, even more than a function call takes arguments', { timeout: 60_000 }, () => {
  const { findings } = compile(talk('{}'.repeat(200_000)), 'talks');
  expect(findings).toHaveLength(200_000);
});

test('reads a paragraph with more pieces than a function call takes arguments', { timeout: 60_000 }, () => {
  const { findings } = compile(talk(`${'`a`b'.repeat(70_000)}\n\n<Members />\n`), 'talks');
  expect(findings).toEqual([]);
});

test('pasted program code is one finding, and the text below it is still checked', () => {
  const { findings } = compile(
    talk('{list.map((x) => { return <b>{x}</b> })}\n\n{今天 天气}\n\n<Kallout />\n'),
    'talks',
  );
  expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual([
    '6 expression',
    '8 expression',
    '10 unknown-component',
  ]);
});
