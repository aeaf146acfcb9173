import { parseSource } from '../../src/markdown/compile.ts';
import { spotsIn } from '../../src/markdown/spot.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import type { Form } from '../../src/model/form.ts';
import { blocksOf, type Block } from './copy/blocks.ts';
import { reviewMisread } from './misread.ts';
import { shorten } from '../../src/text/shorten.ts';

interface Leftover {
  rule: string;
  pattern: RegExp;
  message: string;
  fix: string;
  /** How many matches make one place, if not one: bold text has a mark on both sides, and a list any number of lines. */
  matches?: number;
}

/**
 * Marks as people type them in other editors. Markdown takes them for text and shows them on the page. Every repetition
 * that could begin at any character is bounded, so that a text of nothing but `[` takes linear time.
 */
const LEFTOVERS: Leftover[] = [
  {
    rule: 'link-syntax',
    pattern: /!?\[[^\]\n]{0,200}\]\((?=[^)\n]{0,500} )[^)\n]{1,500}\)/g,
    message: '图片或链接没有起作用，地址里有空格',
    fix: '把文件名里的空格去掉，或写成 %20',
  },
  {
    rule: 'link-syntax',
    pattern: /!?\[[^\]\n]{0,200}\]（(?=[^）\n./]{0,500}[./])[^）\n]{0,500}）/g,
    message: '图片或链接没有起作用，括号是中文的',
    fix: '改成英文的括号 ( )',
  },
  {
    rule: 'link-syntax',
    pattern: /!\[\[[^\]\n]{1,200}\]\](?!\()/g,
    message: '图片没有起作用，这里没有 ![[ ]] 的写法',
    fix: '把图片放到文章的文件夹里，写成 ![图里有什么](./photo.jpg)',
  },
  {
    rule: 'link-syntax',
    pattern: /(?<!!)\[\[[^\]\n]{1,200}\]\](?!\()/g,
    message: '链接没有起作用，这里没有 [[ ]] 的写法',
    fix: '写成 [文字](../notes/foo.mdx)',
  },
  {
    rule: 'footnote-missing',
    pattern: /\[\^[^\]\s]{1,200}\]/g,
    message: '脚注没有说明',
    fix: '在文章最后另起一段写 [^1]: 说明，方括号里和这里一样',
  },
  {
    rule: 'heading-syntax',
    pattern: /(?<![^\n])#{2,6}[^#\s][^\n]*/g,
    message: '没有成为小标题，# 号后面少了空格',
    fix: '# 号和标题之间空一格',
  },
  {
    rule: 'heading-syntax',
    pattern: /(?<![^\n])(?:＃{2,6}|＃(?=[ \u3000]))[^\n]*/g,
    message: '没有成为小标题，＃ 是全角的',
    fix: '改成英文的 #，和标题之间空一格',
  },
  {
    rule: 'component-syntax',
    pattern: /＜\/?[A-Z][A-Za-z]*[^\n＞>]{0,200}[＞>]?/g,
    message: '没有成为组件，尖括号是全角的',
    fix: '改成英文的 < >，引号和等号也用英文的',
  },
  {
    rule: 'emphasis-syntax',
    pattern: /＊＊[^\n＊]{1,20}＊＊/g,
    message: '加粗没有起作用，＊ 是全角的',
    fix: '改成英文的 **',
  },
  {
    rule: 'emphasis-syntax',
    pattern: /(?<![\w=])==(?=\S)(?=[^\n=`]{0,60}\p{Script=Han})[^\n=`]{1,60}(?<=\S)==/gu,
    message: '高亮没有起作用，这里没有 == 的写法',
    fix: '强调写成 **文字**',
  },
  {
    rule: 'emphasis-syntax',
    // Not between ASCII letters or digits, as in `2**10`.
    pattern: /(?:(?<![A-Za-z0-9])\*\*|\*\*(?![A-Za-z0-9]))[^\n*]{0,20}/g,
    message: '加粗没有起作用',
    fix: '前后各写一个 **，里面紧挨着文字，不留空格',
    matches: 2,
  },
];

/** The begin of a line, which is indented inside a component. */
const LINE = String.raw`(?<=(?:^|\n)[ \t]{0,20})`;
/** Numbers as people type them. A single one may stand at the begin of a line by chance. */
const NUMBER = String.raw`(?:[（(]?\d{1,2}[、．）)]|\d{1,2}\.(?=\p{Script=Han})|[①-⑳]|[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)`;

const BULLET = '[•●◦▪■◆○]';
/** The rest of a line and the begin of the next one, unless the line is broken there on purpose. */
const JOINED = String.raw`[^\n]*(?<!(?:\\| {2})\r?)\n[ \t]{0,20}`;

/** Marks of whole lines: Markdown joins these lines to one paragraph. */
const LEFTOVER_LINES: Leftover[] = [
  {
    rule: 'list-syntax',
    pattern: new RegExp(String.raw`${LINE}-(?:\p{Script=Han}|[\u00a0\u3000])[^\n]*`, 'gu'),
    message: '没有成为列表，- 后面少了普通的空格',
    fix: '- 后面空一格',
  },
  {
    rule: 'list-syntax',
    pattern: new RegExp(String.raw`${LINE}${BULLET}${JOINED}${BULLET}`, 'gu'),
    message: '没有成为列表，几行会连成一段',
    fix: '行首的圆点改成 -，后面空一格',
  },
  {
    rule: 'list-syntax',
    pattern: new RegExp(String.raw`${LINE}${NUMBER}${JOINED}${NUMBER}`, 'gu'),
    message: '没有成为列表，几行会连成一段',
    fix: '编号写成 1. 和 2.，后面空一格；不要列表就每条之间空一行',
  },
  {
    rule: 'list-syntax',
    pattern: /^(?:\[\](?!\()|\[[√✓✔×vV]\](?![([])|【[ \u3000xX]?】|［[ \u3000xX]?］)[^\n]*/g,
    message: '没有成为任务，方括号是中文的，里面少了空格，或不是 x',
    fix: '写成 - [ ] 要做的事，做完的写 - [x]',
  },
  {
    rule: 'table-syntax',
    pattern: new RegExp(String.raw`${LINE}[|｜][^\n]*[|｜][ \t]*\n[ \t]{0,20}[|｜][^\n]*`, 'gu'),
    message: '没有成为表格',
    fix: '竖线用英文的 |，第一行下面加一行 | --- | --- |，有几列写几个',
  },
  {
    rule: 'code-syntax',
    pattern: new RegExp(String.raw`${LINE}[·｀]{3}[^\n]*`, 'gu'),
    message: '没有成为代码块，反引号是中文的',
    fix: '切到英文输入法，写成 ```',
  },
  {
    rule: 'callout-syntax',
    pattern: new RegExp(String.raw`${LINE}:::[^\n]*`, 'gu'),
    message: '没有成为提示框，这里没有 ::: 的写法',
    fix: '写成 <Callout type="tip">内容</Callout>，前后各空一行',
  },
];

const KINDS: Leftover[] = [...LEFTOVERS, ...LEFTOVER_LINES.map((kind) => ({ ...kind, matches: Infinity }))];

/**
 * Reports marks in a body that have no effect: one finding for each block and kind of mark, at the first place, with the
 * number of places.
 */
export function reviewMarkup(
  source: string,
  form: Form,
  { front, root } = parseSource(source, form),
): LocalFinding[] {
  if ('rule' in root) return [];
  const spotAt = spotsIn(source);
  const leftovers = blocksOf(front.body, root).flatMap((block) =>
    leftoversIn(block).map(({ kind, spans }): LocalFinding => {
      const { rule, message, fix, matches = 1 } = kind;
      const [[start, end]] = spans;
      const [firstLine = ''] = block.text.slice(start, end).split('\n');
      const spot = spotAt(front.bodyOffset + block.offset + start);
      const places = Math.ceil(spans.length / matches);
      const count = places > 1 ? `，这一段有 ${places} 处` : '';
      return {
        rule,
        level: 'warning',
        ...spot,
        message: `${message}${count}：「${shorten(firstLine, 30)}」`,
        fix,
      };
    }),
  );
  const misread = reviewMisread(front.body, root);
  return [...leftovers, ...misread.map((finding) => ({ ...finding, line: finding.line + front.bodyLine }))];
}

type Span = [start: number, end: number];

/** Finds the marks in a block that have no effect there, by their kind. Offsets are within the block. */
export function leftoversIn(block: Block): { kind: Leftover; spans: [Span, ...Span[]] }[] {
  const isMark = marked(block);
  return KINDS.flatMap((kind) => {
    const [first, ...others] = [...block.text.matchAll(kind.pattern)]
      .filter(({ index }) => !isMark[index])
      .map(({ 0: found, index }): Span => [index, index + found.length]);
    return first ? [{ kind, spans: [first, ...others] }] : [];
  });
}

/** Returns 1 for each character of a block that belongs to a mark, else 0: escapes and code are there on purpose. */
function marked({ text, marks }: Block): Uint8Array {
  const isMark = new Uint8Array(text.length);
  for (const mark of marks) {
    if (mark.kind === 'loose') continue;
    if (mark.kind === 'around') isMark.fill(1, mark.start, mark.innerStart).fill(1, mark.innerEnd, mark.end);
    else isMark.fill(1, mark.start, mark.end);
  }
  return isMark;
}
