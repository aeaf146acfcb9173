import type { Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { Code, Construct, Effects, Extension, State, Tokenizer } from 'micromark-util-types';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified, type Processor } from 'unified';
import { VFileMessage } from 'vfile-message';
import type { LocalFinding } from '../model/finding.ts';
import { nestedTooDeep, outOfBounds, remarkBounds, TooMuchMarkupError } from './bounds.ts';
import { htmlTag, nearComponent } from './html-tag.ts';
import { withoutJavaScript } from './no-javascript.ts';
import { movePlaces, spreadLines, writtenLine, type Spread } from './spread.ts';

/** The part of a mdast-util-from-markdown extension that is used here. */
interface MdastExtension {
  transforms?: { name: string }[];
}

export type JsxFlow = Extract<RootContent, { type: 'mdxJsxFlowElement' }>;
export type JsxText = Extract<PhrasingContent, { type: 'mdxJsxTextElement' }>;

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkCjkFriendly)
  .use(remarkCjkFriendlyStrikethrough, { singleTilde: false })
  .use(remarkMdx, withoutJavaScript)
  .use(remarkAsciiAutolinks)
  .use(remarkBounds)
  .freeze();

/**
 * Parses MDX to a tree without executing any of it. As in MDX, components that are alone in a paragraph become blocks.
 * A syntax error is returned as a finding.
 */
export function parseBody(body: string): Root | LocalFinding {
  const refused = outOfBounds(body);
  if (refused) return refused;
  const spread = spreadLines(body);
  let root: Root;
  try {
    root = processor.parse(spread.text);
    movePlaces(root, spread);
    liftBlocks(root);
  } catch (error) {
    if (error instanceof VFileMessage) return explain(error, spread);
    if (error instanceof TooMuchMarkupError) {
      return { ...error.finding, line: writtenLine(error.finding.line, spread) };
    }
    // The parser is recursive: only thousands of nested components exhaust the stack.
    if (error instanceof RangeError) return nestedTooDeep(1);
    // Some hostile texts trigger the parser's own assertions; they are refused like any other unreadable text.
    if (error instanceof Error) return unreadable(error.message, 1, 1);
    throw error;
  }
  return root;
}

/**
 * For MDX's parser, `<Line>…</Line>` on one line is inline. Replaces paragraphs that consist only of components by
 * these components as blocks, at all levels where components are allowed.
 */
function liftBlocks(parent: { children: RootContent[] }): void {
  parent.children = parent.children.flatMap((child): RootContent[] => {
    const lifted = child.type === 'paragraph' ? lift(child) : [child];
    for (const node of lifted) if (node.type === 'mdxJsxFlowElement') liftBlocks(node);
    return lifted;
  });
}

function lift(paragraph: Paragraph): RootContent[] {
  const isBlank = (node: PhrasingContent) => node.type === 'text' && node.value.trim() === '';
  const elements = paragraph.children.filter((node) => !isBlank(node));
  if (elements.length === 0 || !elements.every((node) => node.type === 'mdxJsxTextElement'))
    return [paragraph];
  return elements.map((element): JsxFlow => {
    const hasText = element.children.some((node) => !isBlank(node));
    const inner: Paragraph = { type: 'paragraph', children: element.children };
    if (element.position) inner.position = element.position;
    return { ...element, type: 'mdxJsxFlowElement', children: hasText ? [inner] : [] };
  });
}

/**
 * A remark plugin that ends bare URLs before the first non-ASCII character. In GFM they extend to the next space, which
 * Chinese text doesn't have: `见 https://a.cn/x，然后` became one link. At a non-ASCII character, its tokenizers are
 * told that the text ends.
 */
function remarkAsciiAutolinks(this: Processor): void {
  const data = this.data() as {
    micromarkExtensions: Extension[];
    fromMarkdownExtensions: (MdastExtension | MdastExtension[])[];
  };
  data.micromarkExtensions = data.micromarkExtensions.map((extension) => {
    if (!extension.text) return extension;
    const text = Object.fromEntries(
      Object.entries(extension.text).map(([code, constructs]) => [
        code,
        [constructs ?? []]
          .flat()
          .map((construct) => (construct.name?.endsWith('Autolink') ? asciiOnly(construct) : construct)),
      ]),
    );
    return { ...extension, text };
  });
  // GFM's second pass over the finished tree has the same fault and finds nothing else in Chinese text, so it is
  // removed.
  data.fromMarkdownExtensions = data.fromMarkdownExtensions.map((extensions) =>
    [extensions].flat().map(({ transforms = [], ...extension }) => ({
      ...extension,
      transforms: transforms.filter(({ name }) => name !== 'transformGfmAutolinkLiterals'),
    })),
  );
}

function asciiOnly(construct: Construct): Construct {
  const tokenize: Tokenizer = function (effects, ok, nok) {
    let real: Code = null;
    // Set while the next states don't belong to this construct.
    let left = false;
    const masked =
      (state: State): State =>
      (code) => {
        real = code;
        left = false;
        const next = state(code !== null && code > 127 ? null : code);
        // The type checker can't see that the states change `left`.
        return next && !(left as boolean) ? masked(next) : next;
      };
    const leave =
      (state: State): State =>
      () => {
        left = true;
        return state(real);
      };
    const nested =
      (hook: Effects['attempt']): Effects['attempt'] =>
      (inner, ...states) => {
        const shown = 'tokenize' in (inner as object) ? asciiOnly(inner as Construct) : inner;
        const [first, ...rest] = states.map((state) => state && masked(state));
        const start = hook(shown, first!, ...rest);
        return leave(start);
      };
    const shown: Effects = { ...effects, attempt: nested(effects.attempt), check: nested(effects.check) };
    return masked(construct.tokenize.call(this, shown, leave(ok), leave(nok)));
  };
  return { ...construct, tokenize };
}

type Told = [rule: string, message: string, fix: string];

const ATTRIBUTE: Told = [
  'mdx-syntax',
  '组件的属性没有写对',
  '写成 名字="值"：英文的等号和引号，属性之间空一格；值里面的引号用中文的 “ ”',
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
  [
    /Unexpected character/,
    'mdx-syntax',
    '小于号 < 被当成了组件的开头',
    '正文里的小于号写成 \\<；网址写成 [文字](网址)',
  ],
];

function explain(error: VFileMessage, spread: Spread): LocalFinding {
  const { reason } = error;
  // The message contains the position of the unclosed tag: “… for `<Quote>` (3:1-3:8)”.
  const [, open, openLine = '1', openColumn = '1'] = /for `<([^`>]*)>` \((\d+):(\d+)/.exec(reason) ?? [];
  const isOpen = error.line === undefined || reason.startsWith('Expected a closing tag');
  const line = writtenLine(isOpen ? Number(openLine) : error.line!, spread);
  const column = isOpen ? Number(openColumn) : (error.column ?? 1);
  const told =
    tellOpen(reason, open) ??
    tellTag(error, spread.text) ??
    SYNTAX.find(([one]) => one.test(reason))?.slice(1);
  if (!told) return unreadable(reason, line, column);
  const [rule, message, fix] = told as Told;
  return { rule, level: 'error', line, column, message, fix };
}

/** Explains a tag that isn't closed, or is closed by the end tag of another. */
function tellOpen(reason: string, open: string | undefined): Told | undefined {
  if (open === undefined) return undefined;
  const html = htmlTag(open);
  if (html) return ['html-tag', html.message, html.fix];
  const [, end] = /^Unexpected closing tag `<\/([^`>]*)>`/.exec(reason) ?? [];
  if (end !== undefined) {
    return ['unclosed-component', `结束标签 </${end}> 和开始的 <${open}> 对不上`, `改成 </${open}>`];
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

function unreadable(reason: string, line: number, column: number): LocalFinding {
  return {
    rule: 'mdx-syntax',
    level: 'error',
    line,
    column,
    message: `这里读不懂：${reason}`,
    fix: '照着其他文章的写法改',
  };
}
