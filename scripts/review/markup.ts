import { parseSource } from '../../src/markdown/compile.ts';
import { spotAt } from '../../src/markdown/spot.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import type { Form } from '../../src/model/form.ts';
import { blocksOf, type Block } from './copy/blocks.ts';

interface Leftover {
  rule: string;
  pattern: RegExp;
  message: string;
  fix: string;
}

/** Marks as people type them who know other editors; to Markdown they are words, and stand in the page as such. */
const LEFTOVERS: Leftover[] = [
  {
    rule: 'link-syntax',
    pattern: /!?\[[^\]\n]*\]\((?=[^)\n]* )[^)\n]+\)/g,
    message: '图片或链接没有起作用，地址里有空格',
    fix: '把文件名里的空格去掉，或写成 %20',
  },
  {
    rule: 'link-syntax',
    pattern: /!?\[[^\]\n]*\]（(?=[^）\n./]*[./])[^）\n]*）/g,
    message: '图片或链接没有起作用，括号是中文的',
    fix: '改成英文的括号 ( )',
  },
  {
    rule: 'footnote-missing',
    pattern: /\[\^[^\]\s]+\]/g,
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
    pattern: /＜\/?[A-Z][A-Za-z]*/g,
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
    pattern: /\*\*[^\n*]{0,20}/g,
    message: '加粗没有起作用',
    fix: '前后各写一个 **，里面紧挨着文字，不留空格',
  },
];

/** Marks in a body's text that do nothing: one finding for each block and each kind of them, at the first. */
export function reviewMarkup(
  source: string,
  form: Form,
  { front, root } = parseSource(source, form),
): LocalFinding[] {
  if ('rule' in root) return [];
  return blocksOf(front.body, root).flatMap((block) =>
    LEFTOVERS.flatMap(({ rule, pattern, message, fix }): LocalFinding[] => {
      const found = [...block.text.matchAll(pattern)].find(({ index }) => isText(block, index));
      if (!found) return [];
      const spot = spotAt(source, front.bodyOffset + block.offset + found.index);
      return [{ rule, level: 'warning', ...spot, message: `${message}：「${shortened(found[0])}」`, fix }];
    }),
  );
}

/** Whether an offset of a block is in none of its marks: what is escaped or is code stands there on purpose. */
function isText({ marks }: Block, at: number): boolean {
  return marks.every((mark) => {
    const isIn = (start: number, end: number) => start <= at && at < end;
    if (mark.kind === 'loose') return true;
    if (mark.kind !== 'around') return !isIn(mark.start, mark.end);
    return !isIn(mark.start, mark.innerStart) && !isIn(mark.innerEnd, mark.end);
  });
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
