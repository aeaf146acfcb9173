import { parseSource } from '../../src/markdown/compile.ts';
import { spotsIn } from '../../src/markdown/spot.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import type { Form } from '../../src/model/form.ts';
import { blocksOf, type Block } from './copy/blocks.ts';
import { shorten } from '../../src/text/shorten.ts';

interface Leftover {
  rule: string;
  pattern: RegExp;
  message: string;
  fix: string;
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

/** Reports marks in a body that have no effect: one finding for each block and kind of mark, at the first place. */
export function reviewMarkup(
  source: string,
  form: Form,
  { front, root } = parseSource(source, form),
): LocalFinding[] {
  if ('rule' in root) return [];
  const spotAt = spotsIn(source);
  return blocksOf(front.body, root).flatMap((block) => {
    const isMark = marked(block);
    return LEFTOVERS.flatMap(({ rule, pattern, message, fix }): LocalFinding[] => {
      const found = [...block.text.matchAll(pattern)].find(({ index }) => !isMark[index]);
      if (!found) return [];
      const spot = spotAt(front.bodyOffset + block.offset + found.index);
      return [{ rule, level: 'warning', ...spot, message: `${message}：「${shorten(found[0], 30)}」`, fix }];
    });
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
