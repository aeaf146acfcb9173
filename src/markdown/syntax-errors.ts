import type { VFileMessage } from 'vfile-message';
import type { LocalFinding } from '../model/finding.ts';
import { components } from './components/all.ts';
import { htmlTag, nearComponent } from './html-tag.ts';
import { lineStarts, spotsIn } from './spot.ts';
import { writtenLine, type Spread } from './spread.ts';

type Told = [rule: string, message: string, fix: string];

const ATTRIBUTE: Told = [
  'mdx-syntax',
  '组件的属性没有写对',
  '写成 名字="值"：英文的等号和引号，属性之间空一格；值里面的引号用中文的 “ ”',
];

const LESS_THAN: Told = [
  'mdx-syntax',
  '小于号 < 被当成了组件的开头',
  '正文里的小于号写成 \\<；网址写成 [文字](网址)',
];

const SYNTAX: [RegExp, ...Told][] = [
  [
    /^Unexpected character `!`.*(?:comment|before name)/s,
    'html-comment',
    '用了 HTML 注释 <!-- -->',
    '删掉它；只给编辑看的话写在合并请求里',
  ],
  [
    /Expected a closing tag|Expected the closing tag|before the end of `/,
    'unclosed-component',
    '组件没有写完整或没有关闭',
    '补上对应的结束标签 </名字>；没有内容的写成 <名字 … />；组件前后各空一行',
  ],
  [
    /Unexpected closing (?:slash|tag)/,
    'unclosed-component',
    '这个结束标签没有对应的开始标签',
    '删掉它，或补上开始标签',
  ],
  [
    /Unexpected end of file in attribute value/,
    'mdx-syntax',
    '组件的属性值没有写完：缺少英文的引号 "',
    '值的前后各写一个英文的引号，不用 “ ”',
  ],
  [
    /Unexpected end of file/,
    'unclosed-component',
    '组件或花括号没有写完整',
    '补上结束标签 </名字> 或 >；正文里的 < 写成 \\<，{ 写成 \\{',
  ],
  [
    /import\/exports?/,
    'import-export',
    '正文里不能 import 或 export',
    '删掉这一行；英文句子以 import 或 export 开头时换个词开头',
  ],
  [
    /expression|acorn/i,
    'expression',
    '正文里不能用花括号 { }',
    '花括号前加反斜杠，写成 \\{ 和 \\}；代码放进反引号里',
  ],
  [/lazy line/i, 'mdx-syntax', '引用或列表里的组件、花括号断在了外面', '把它单独成段，前后各空一行'],
  [/Unexpected character (?:`[＝“”‘’＂＇]`|.* before attribute value)/, ...ATTRIBUTE],
  [/Unexpected character/, ...LESS_THAN],
];

/** Explains an error of the MDX parser to the writer. */
export function explain(error: VFileMessage, spread: Spread): LocalFinding {
  const { reason } = error;
  const { text } = spread;
  // The message contains the position of the unclosed tag: “… for `<Quote>` (3:1-3:8)”.
  const [, open, openLine = '1', openColumn = '1'] = /for `<([^`>]*)>` \((\d+):(\d+)/.exec(reason) ?? [];
  const isOpen = error.line === undefined || reason.startsWith('Expected a closing tag');
  const line = isOpen ? Number(openLine) : error.line!;
  const column = isOpen ? Number(openColumn) : (error.column ?? 1);
  const at = (lineStarts(text)[line - 1] ?? 0) + column - 1;
  const [offset, told] = tellElsewhere(error, text, at) ?? [
    at,
    tellOpen(reason, open, text, at) ??
      tellTag(error, text) ??
      (SYNTAX.find(([one]) => one.test(reason))?.slice(1) as Told | undefined),
  ];
  if (!told) return unreadable(reason, writtenLine(line, spread), column);
  const [rule, message, fix] = told;
  // The parser reports the first character that can't follow the `<`.
  const sign = told[1] === LESS_THAN[1] ? text.lastIndexOf('<', offset) : offset;
  const spot = spotsIn(text)(sign < 0 ? offset : sign);
  return { rule, level: 'error', line: writtenLine(spot.line, spread), column: spot.column, message, fix };
}

/** Finds the place of mistakes that the parser only notices further down, or at the end. */
function tellElsewhere(
  { reason }: VFileMessage,
  text: string,
  at: number,
): [offset: number, Told] | undefined {
  if (reason.startsWith('Unexpected end of file in expression')) {
    const brace = unmatchedBrace(text, at);
    return brace === undefined ? undefined : [brace, BRACE];
  }
  if (/^Expected the closing tag .*after the end of `paragraph`/.test(reason)) {
    const [, name = ''] = /`<\/([^`>]*)>`/.exec(reason) ?? [];
    const start = text.slice(0, at).lastIndexOf(`<${name}`);
    return start < 0 || name === '' ? undefined : [start, halfAlone(name)];
  }
  if (reason.startsWith('Unexpected closing slash')) {
    const [, name] = /^<?\/\s*([A-Za-z]+)/.exec(text.slice(at, at + 40)) ?? [];
    const start = name === undefined ? -1 : text.slice(0, at).lastIndexOf(`＜${name}`);
    return start < 0 ? undefined : [start, wide(name!)];
  }
  return /^Unexpected (?:character|end of file) /.test(reason) && /(?:attribute|tag)/.test(reason)
    ? tellTagAbove(text, at)
    : undefined;
}

/** Finds a component's tag that goes on below its line: a quote or the `>` is missing there. */
function tellTagAbove(text: string, at: number): [offset: number, Told] | undefined {
  const above = text.slice(0, text.lastIndexOf('\n', at - 1) + 1);
  for (const { 0: written, 1: name, index } of [...above.matchAll(TAG_ON_LINE)].reverse()) {
    if (name === undefined || nearComponent(name) === undefined) continue;
    if (WHOLE_TAG.test(written)) return undefined;
    if ((written.match(/"/g)?.length ?? 0) % 2 === 1) {
      const fix = '值的前后各写一个英文的引号，例如 title="标题"';
      return [index, ['mdx-syntax', `<${name}> 的引号没有成对`, fix]];
    }
    const [next = ''] = text.slice(index + written.length + 1).split('\n', 1);
    if (/^\s*(?:[A-Za-z]+\s*=|\/?>)/.test(next)) return undefined;
    return [index, ['mdx-syntax', `<${name}> 的最后少了 >`, '在最后一个属性后面写上 >，内容另起一行']];
  }
  return undefined;
}

/** A tag up to the end of its line. */
const TAG_ON_LINE = /<([A-Za-z]+)(?=[\s>])[^\n]*/g;
const WHOLE_TAG = /^<[A-Za-z]+(?:\s+[A-Za-z]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/;

const BRACE: Told = ['unclosed-component', '花括号 { 没有写完整', '要显示花括号就写成 \\{，代码放进反引号里'];

/** Returns the place of the last `{` before a place that has no `}`. */
function unmatchedBrace(text: string, before: number): number | undefined {
  let closed = 0;
  for (let at = before - 1; at >= 0; at--) {
    if (text[at] === '}') closed++;
    else if (text[at] === '{' && closed-- === 0) return at;
  }
  return undefined;
}

const halfAlone = (name: string): Told => [
  'unclosed-component',
  `<${name}> 和 </${name}> 只有一个单独占一行`,
  `让 <${name} …> 和 </${name}> 各占一行，内容写在中间；或者都和内容写在同一行`,
];

const wide = (name: string): Told => [
  'unclosed-component',
  `<${name}> 的尖括号是全角的`,
  '改成英文的 < >，引号和等号也用英文的',
];

/** Explains a tag that isn't closed, or is closed by the end tag of another. */
function tellOpen(reason: string, open: string | undefined, text: string, at: number): Told | undefined {
  if (open === undefined) return undefined;
  const html = htmlTag(open);
  if (html) return ['html-tag', html.message, html.fix];
  const [, end] = /^Unexpected closing tag `<\/([^`>]*)>`/.exec(reason) ?? [];
  if (end !== undefined) {
    return ['unclosed-component', `结束标签 </${end}> 和开始的 <${open}> 对不上`, `改成 </${open}>`];
  }
  if (!/^[A-Za-z]/.test(open)) {
    const [rule, message] = LESS_THAN;
    return [rule, `${message}：<${open}>`, `要显示尖括号就写成 \\<${open}>`];
  }
  if (components.get(open)?.holds === 'nothing') {
    return [
      'unclosed-component',
      `<${open}> 里面没有内容，要写成 <${open} />`,
      '在 > 前面写上斜杠 /，单独占一行',
    ];
  }
  const closing = text.indexOf(`</${open}>`, at);
  const again = text.indexOf(`<${open}`, at + 1);
  const [line = ''] = text.slice(at).split('\n', 1);
  if (closing >= 0 && (again < 0 || closing < again) && />\s*\S/.test(line)) return halfAlone(open);
  const before = text.slice(0, at);
  if (before.split(`<${open}`).length > before.split(`</${open}>`).length && line.trim() === `<${open}>`) {
    return [
      'unclosed-component',
      `前面的 <${open}> 还没有结束，又写了一个 <${open}>`,
      `这里要结束，就写成 </${open}>，不要少了斜杠`,
    ];
  }
  const [, rule, message, fix] = SYNTAX.find(([, one]) => one === 'unclosed-component')!;
  return [rule, `${message}：<${open}>`, fix.replaceAll('名字', () => open)];
}

/**
 * Explains a syntax error in a tag: in a component's tag it is one of the attributes; elsewhere the `<` was meant
 * literally.
 */
function tellTag({ reason, place }: VFileMessage, text: string): Told | undefined {
  if (!/^Unexpected character .* (?:in|before|after) (?:name|attribute|tag)/.test(reason)) return undefined;
  const offset = place && ('start' in place ? place.start.offset : place.offset);
  const from = offset ? text.lastIndexOf('<', offset - 1) : -1;
  const [, name] = /^<([A-Za-z]+)/.exec(text.slice(from, from + 40)) ?? [];
  return from >= 0 && name !== undefined && nearComponent(name) !== undefined ? ATTRIBUTE : undefined;
}

/** Passes on an error of the parser that nothing here explains. */
export function unreadable(reason: string, line: number, column: number): LocalFinding {
  return {
    rule: 'mdx-syntax',
    level: 'error',
    line,
    column,
    message: `这里读不懂：${reason}`,
    fix: '照着其他文章的写法改',
  };
}
