import type { Nodes, Parents, Root } from 'mdast';
import type { LocalFinding } from '../model/finding.ts';
import type { Form } from '../model/form.ts';
import { blownUp, deepest } from './bounds.ts';
import { forbiddenCharacter } from './characters.ts';
import { checkImage, checkLink } from './check-address.ts';
import { checkComponent } from './check-component.ts';
import { findingAt, type Add } from './check-report.ts';
import { checkSequence } from './check-sequence.ts';

/** The allow-list of Markdown node types. Everything else is refused. */
const MARKDOWN = new Set<string>([
  'root',
  'paragraph',
  'heading',
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'code',
  'blockquote',
  'list',
  'listItem',
  'table',
  'tableRow',
  'tableCell',
  'thematicBreak',
  'break',
  'link',
  'image',
  'linkReference',
  'imageReference',
  'definition',
  'footnoteReference',
  'footnoteDefinition',
]);

/** Checks a parsed body against the allow-list. It may be rendered if there is no error among the findings. */
export function checkBody(root: Root, form: Form, week: string | undefined): LocalFinding[] {
  const tooMuch = deepest(root) ?? blownUp(root);
  if (tooMuch) return [tooMuch];
  const findings: LocalFinding[] = [];
  const add: Add = (...found) => findings.push(findingAt(...found));
  visit(root, undefined, form, add);
  checkSequence(root, form, week, add);
  return findings;
}

function visit(node: Nodes, parent: Parents | undefined, form: Form, add: Add): void {
  checkCharacters(node, add);
  switch (node.type) {
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      if (!checkComponent(node, parent, form, add)) return;
      break;
    case 'mdxjsEsm':
      add(node, 'import-export', '正文里不能 import 或 export', '删掉这一行；需要的组件直接写，不用引入');
      return;
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      if (/^\s*\/[/*]/.test(node.value)) {
        add(node, 'expression', '用了注释 {/* */}', '删掉它；只给编辑看的话写在合并请求里');
        return;
      }
      add(node, 'expression', '正文里不能用花括号 { }', '要显示花括号就写成 \\{ 和 \\}，代码放进反引号里');
      return;
    case 'heading':
      if (node.depth === 1) {
        add(node, 'heading-level', '正文里用了一级标题 #，标题已经写在 title 里', '从二级标题 ## 开始');
      }
      break;
    case 'code':
      // The renderer makes a class of each word: a space, also written as `&Tab;`, could add one of the site's own
      // classes.
      if (/\s/.test(node.lang ?? '')) {
        add(node, 'code-language', '代码块的语言不是一个词', '写成 ```json 这样，或者不写');
      }
      break;
    case 'link':
    case 'definition':
      checkLink(node, node.url, add);
      break;
    case 'image':
      checkImage(node, node.url, add);
      if (!node.alt?.trim()) {
        const fix = '在方括号里写图里有什么：![图里有什么](./photo.jpg)';
        add(node, 'image-alt', '图片没有说明', fix, 'warning');
      }
      break;
    case 'imageReference':
      add(node, 'image-reference', '图片用了引用写法', '写成 ![图里有什么](./photo.jpg)');
      return;
    default:
      if (!MARKDOWN.has(node.type)) {
        add(node, 'mdx-syntax', `不支持的写法（${node.type}）`, '照着其他文章的写法改');
        return;
      }
  }
  if ('children' in node) for (const child of node.children) visit(child, node, form, add);
}

/** Character references such as `&#x202e;` produce characters that the source itself must not contain. */
function checkCharacters(node: Nodes, add: Add): void {
  const texts = ['value', 'title', 'alt', 'label', 'lang', 'meta'] as const;
  for (const key of texts) {
    const text = (node as Partial<Record<(typeof texts)[number], unknown>>)[key];
    const found = typeof text === 'string' ? forbiddenCharacter(text) : undefined;
    if (found) add(node, 'control-character', found.message, found.fix);
  }
}
