import type { Nodes, Parents, Root } from 'mdast';
import type { LocalFinding } from '../model/finding.ts';
import type { Form } from '../model/form.ts';
import { LIMITS } from '../model/limits.ts';
import { isTime, parseTime } from '../model/time.ts';
import { isDate } from '../model/week.ts';
import { components } from './components/all.ts';
import type { Attribute, Component } from './components/component.ts';
import { TEARDOWN_STEPS } from './components/teardown.ts';
import type { JsxFlow, JsxText } from './parse.ts';
import { kindOfAddress } from './url.ts';
import { distance } from './validate.ts';

/** Markdown that is let through as it is. Whatever is not on this list is refused. */
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

/** Checks a parsed body against the allow-list; where there is no error it may be rendered. */
export function checkBody(root: Root, form: Form): LocalFinding[] {
  const tooDeep = deepest(root);
  if (tooDeep) return [tooDeep];
  const checker = new Checker(form);
  checker.visit(root, undefined);
  checker.order(root);
  return checker.findings;
}

/** The first node that stands deeper than the limit. Iterative: the tree may be deeper than the stack. */
function deepest(root: Root): LocalFinding | undefined {
  const waiting: [Nodes, number][] = [[root, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, depth] = next;
    if (depth > LIMITS.depth) {
      return finding(node, 'nesting-too-deep', `嵌套超过 ${LIMITS.depth} 层`, '把内容拆开，少套几层');
    }
    if ('children' in node) for (const child of node.children) waiting.push([child, depth + 1]);
  }
  return undefined;
}

function finding(
  node: { position?: Nodes['position'] },
  rule: string,
  message: string,
  fix: string,
): LocalFinding {
  const { line, column } = node.position?.start ?? { line: 1, column: 1 };
  return { rule, level: 'error', line, column, message, fix };
}

class Checker {
  readonly findings: LocalFinding[] = [];
  readonly #form: Form;

  constructor(form: Form) {
    this.#form = form;
  }

  visit(node: Nodes, parent: Parents | undefined): void {
    switch (node.type) {
      case 'mdxJsxFlowElement':
      case 'mdxJsxTextElement':
        if (!this.#element(node, parent)) return;
        break;
      case 'mdxjsEsm':
        this.#add(
          node,
          'import-export',
          '正文里不能 import 或 export',
          '删掉这一行；需要的组件直接写，不用引入',
        );
        return;
      case 'mdxFlowExpression':
      case 'mdxTextExpression':
        this.#add(
          node,
          'expression',
          '正文里不能用花括号 { }',
          '要显示花括号就写成 \\{ 和 \\}，代码放进反引号里',
        );
        return;
      case 'heading':
        if (node.depth === 1) {
          this.#add(
            node,
            'heading-level',
            '正文里用了一级标题 #，标题已经写在 title 里',
            '从二级标题 ## 开始',
          );
        }
        break;
      case 'link':
      case 'definition':
        this.#address(node, node.url);
        break;
      case 'image':
        this.#image(node, node.url);
        if (!node.alt?.trim()) {
          this.findings.push({
            ...finding(
              node,
              'image-alt',
              '图片没有说明',
              '在方括号里写图里有什么：![图里有什么](./photo.jpg)',
            ),
            level: 'warning',
          });
        }
        break;
      case 'imageReference':
        this.#add(node, 'image-reference', '图片用了引用写法', '写成 ![图里有什么](./photo.jpg)');
        return;
      default:
        if (!MARKDOWN.has(node.type)) {
          this.#add(node, 'mdx-syntax', `不支持的写法（${node.type}）`, '照着其他文章的写法改');
          return;
        }
    }
    if ('children' in node) for (const child of node.children) this.visit(child, node);
  }

  /** What can be told only from several components together. */
  order(root: Root): void {
    const elements = root.children.filter((node) => node.type === 'mdxJsxFlowElement');
    const named = (name: string) => elements.filter((element) => element.name === name);
    for (const extra of named('Members').slice(1)) {
      this.#add(extra, 'members-twice', '<Members /> 写了两次', '只留一条预览线');
    }
    if (this.#form === 'talks') this.#times(named('Line'));
    if (this.#form === 'teardowns') this.#steps(elements);
  }

  #times(lines: JsxFlow[]): void {
    let last = 0;
    for (const line of lines) {
      const t = valueOf(line, 't');
      if (t === undefined || !isTime(t)) continue;
      if (parseTime(t) < last) {
        this.#add(line, 'line-order', `这一段的时间 ${t} 比上一段早`, '按录音里的先后排列，改正时间');
      }
      last = Math.max(last, parseTime(t));
    }
  }

  #steps(elements: JsxFlow[]): void {
    const names: readonly string[] = TEARDOWN_STEPS.map((step) => step.name);
    const whole = names.map((name) => `<${name}>`).join(' ');
    const seen = new Set<string>();
    let furthest = -1;
    for (const element of elements) {
      const name = element.name ?? '';
      const index = names.indexOf(name);
      if (index === -1) continue;
      if (seen.has(name)) this.#add(element, 'step-twice', `<${name}> 写了两次`, '合并成一段');
      else if (index < furthest)
        this.#add(element, 'step-order', `<${name}> 的顺序不对`, `按这个顺序写：${whole}`);
      seen.add(name);
      furthest = Math.max(furthest, index);
    }
    for (const step of TEARDOWN_STEPS) {
      if (step.required && !seen.has(step.name)) {
        this.#add(
          {},
          'step-missing',
          `缺少 <${step.name}>`,
          `按这个顺序写：${whole}，其中 <Numbers> 可以不写`,
        );
      }
    }
  }

  /** Whether the children are to be looked at. */
  #element(node: JsxFlow | JsxText, parent: Parents | undefined): boolean {
    const name = node.name ?? '';
    const handler = node.attributes.find(
      (attribute) => attribute.type === 'mdxJsxAttribute' && /^on/i.test(attribute.name),
    );
    const component = components.get(name);
    if (name.toLowerCase() === 'script') {
      this.#add(node, 'script', '正文里不能用 <script>', '删掉它；要展示代码就放进 ``` 代码块');
      return false;
    }
    if (handler?.type === 'mdxJsxAttribute') {
      this.#add(node, 'event-handler', `<${name}> 上写了 ${handler.name}，正文里不能有脚本`, '删掉这个属性');
      return false;
    }
    if (name === '') {
      this.#add(node, 'html-tag', '正文里不能用空标签 <>', '删掉它；小于号写成 \\<');
      return false;
    }
    if (!component) {
      if (/^[a-z]/.test(name) && !isNearComponent(name)) {
        this.#add(
          node,
          'html-tag',
          `正文里不能用 HTML 标签 <${name}>`,
          HTML_INSTEAD[name] ?? '用 Markdown 的写法；要显示尖括号就写成 \\<',
        );
      } else {
        this.#add(
          node,
          'unknown-component',
          `没有组件 <${name}>`,
          `这里可以用 ${this.#available().join('、')}`,
        );
      }
      return false;
    }
    if (component.forms !== 'all' && !component.forms.includes(this.#form)) {
      this.#add(
        node,
        'component-form',
        `<${name}> 不能用在 ${this.#form} 里`,
        `这里可以用 ${this.#available().join('、')}`,
      );
      return false;
    }
    this.#attributes(node, component);
    if (node.type === 'mdxJsxTextElement') {
      this.#add(node, 'component-inline', `<${name}> 写在了句子里`, '让它单独成段，前后各空一行');
      return false;
    }
    return this.#place(node, component, parent) && this.#content(node, component);
  }

  #place(node: JsxFlow, { name, place }: Component, parent: Parents | undefined): boolean {
    const holder = parent?.type === 'mdxJsxFlowElement' ? components.get(parent.name ?? '') : undefined;
    if (typeof place !== 'string') {
      if (holder && place.includes(holder.name)) return true;
      this.#add(
        node,
        'component-place',
        `<${name}> 放错了地方`,
        `放到 ${place.map((outer) => `<${outer}>`).join(' 或 ')} 里面`,
      );
      return false;
    }
    if (parent?.type === 'root') return true;
    if (holder === undefined) {
      this.#add(node, 'component-place', `<${name}> 写在了列表、引用或表格里`, '移到外面，单独成段');
      return false;
    }
    if (place === 'top' || holder.holds !== 'blocks') {
      this.#add(node, 'component-place', `<${name}> 不能放在 <${holder.name}> 里面`, '移到外面，单独成段');
      return false;
    }
    return true;
  }

  #content(node: JsxFlow, { name, holds }: Component): boolean {
    if (holds === 'nothing' && node.children.length > 0) {
      this.#add(node, 'component-content', `<${name}> 里面不能有内容`, `写成 <${name} … />`);
      return false;
    }
    if (holds !== 'nothing' && node.children.length === 0) {
      this.#add(node, 'component-content', `<${name}> 是空的`, `写成 <${name}>内容</${name}>，或者删掉`);
    }
    return true;
  }

  #attributes(node: JsxFlow | JsxText, component: Component): void {
    const { name, attributes: known } = component;
    const seen = new Set<string>();
    let isSpread = false;
    for (const attribute of node.attributes) {
      const at = attribute.position ? { position: attribute.position } : node;
      if (attribute.type === 'mdxJsxExpressionAttribute') {
        isSpread = true;
        this.#add(at, 'expression', `<${name}> 里用了花括号`, '属性写成 名字="值"');
        continue;
      }
      const { name: key, value } = attribute;
      const rule = Object.hasOwn(known, key) ? known[key] : undefined;
      if (!rule) {
        const close = Object.keys(known).find((candidate) => distance(candidate, key) <= 2);
        const list = Object.keys(known).join('、');
        this.#add(
          at,
          'attribute-unknown',
          `<${name}> 没有属性 ${key}`,
          close ? `是不是 ${close}？` : list ? `可以写 ${list}` : '删掉它',
        );
        continue;
      }
      if (seen.has(key)) {
        this.#add(at, 'attribute-twice', `<${name}> 的 ${key} 写了两次`, '只留一个');
        continue;
      }
      seen.add(key);
      if (typeof value !== 'string') {
        const rest = value === null || value === undefined ? '没有写值' : '用了花括号';
        this.#add(
          at,
          value ? 'expression' : 'attribute-invalid',
          `<${name}> 的 ${key} ${rest}`,
          `写成 ${key}="…"，${rule.what}`,
        );
        continue;
      }
      this.#value(at, name, key, value, rule);
    }
    for (const [key, rule] of Object.entries(known)) {
      if (rule.required && !seen.has(key) && !isSpread) {
        this.#add(node, 'attribute-missing', `<${name}> 缺少 ${key}`, `加上 ${key}="…"，${rule.what}`);
      }
    }
  }

  #value(
    at: { position?: Nodes['position'] },
    name: string,
    key: string,
    value: string,
    rule: Attribute,
  ): void {
    const invalid = () => {
      this.#add(at, 'attribute-invalid', `<${name}> 的 ${key} 不能写 “${value}”`, rule.what);
    };
    // Character references can bring in what the source itself may not hold.
    // eslint-disable-next-line no-control-regex -- exactly these
    if (value.trim() === '' || /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(value)) {
      invalid();
      return;
    }
    if (rule.choices && !rule.choices.includes(value)) invalid();
    else if (rule.kind === 'time' && !isTime(value)) invalid();
    else if (rule.kind === 'date' && !isDate(value)) invalid();
    else if (rule.kind === 'person' && !/^[a-z0-9][a-z0-9-]{0,79}$/.test(value)) invalid();
    else if (rule.kind === 'image') this.#image(at, value);
    else if (rule.kind === 'audio' || rule.kind === 'attachment') this.#file(at, value, rule);
  }

  #image(at: { position?: Nodes['position'] }, url: string): void {
    const kind = kindOfAddress(url);
    if (kind === 'web' || (kind === 'unsafe' && url.startsWith('//'))) {
      this.#add(
        at,
        'remote-image',
        `图片在别的网站上：${shorten(url)}`,
        '把图片存到文章的文件夹里，写成 ./photo.jpg',
      );
    } else if (kind === 'unsafe') {
      this.#unsafe(at, url);
    } else if (kind !== 'file') {
      this.#add(
        at,
        'image-address',
        `图片地址不对：${shorten(url)}`,
        '把图片放到文章的文件夹里，写成 ./photo.jpg',
      );
    }
  }

  #file(at: { position?: Nodes['position'] }, url: string, rule: Attribute): void {
    const kind = kindOfAddress(url);
    if (kind === 'unsafe') this.#unsafe(at, url);
    else if (kind !== 'file') this.#add(at, 'file-address', `文件地址不对：${shorten(url)}`, rule.what);
  }

  #address(at: { position?: Nodes['position'] }, url: string): void {
    if (url === '') this.#add(at, 'unsafe-url', '链接是空的', '写成 [文字](网址)，或者去掉链接');
    else if (kindOfAddress(url) === 'unsafe') this.#unsafe(at, url);
  }

  #unsafe(at: { position?: Nodes['position'] }, url: string): void {
    this.#add(
      at,
      'unsafe-url',
      `不能用这样的地址：${shorten(url)}`,
      '网址以 https:// 开头，站内用相对路径，空格写成 %20，不用反斜杠',
    );
  }

  #available(): string[] {
    return [...components.values()]
      .filter(({ forms }) => forms === 'all' || forms.includes(this.#form))
      .map(({ name }) => name);
  }

  #add(node: { position?: Nodes['position'] }, rule: string, message: string, fix: string): void {
    this.findings.push(finding(node, rule, message, fix));
  }
}

function valueOf(element: JsxFlow, name: string): string | undefined {
  for (const attribute of element.attributes) {
    if (
      attribute.type === 'mdxJsxAttribute' &&
      attribute.name === name &&
      typeof attribute.value === 'string'
    ) {
      return attribute.value;
    }
  }
  return undefined;
}

function isNearComponent(name: string): boolean {
  return [...components.keys()].some((known) => known.toLowerCase() === name);
}

function shorten(url: string): string {
  // eslint-disable-next-line no-control-regex -- shown as what they are, not obeyed by a terminal
  const plain = url.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

const HTML_INSTEAD: Record<string, string> = {
  br: '换行在行尾写一个反斜杠，分段空一行',
  hr: '分隔线写成 ---',
  b: '加粗写成 **文字**',
  strong: '加粗写成 **文字**',
  i: '斜体写成 *文字*',
  em: '斜体写成 *文字*',
  u: '强调写成 **文字**',
  s: '删除线写成 ~~文字~~',
  del: '删除线写成 ~~文字~~',
  a: '链接写成 [文字](网址)',
  img: '图片写成 ![图里有什么](./photo.jpg)',
  audio: '录音写成 <Audio src="./clip.mp3" />',
  video: '不支持视频，放链接 [文字](网址)',
  iframe: '不能嵌入别的网页，放链接 [文字](网址)',
  table: '表格用 | 列 | 列 | 的写法',
  blockquote: '引用用 > 开头，金句用 <Quote>',
  pre: '代码放进 ``` 代码块',
  code: '代码放进反引号 `代码`',
  details: '不支持折叠，直接写出来',
  div: '去掉标签，直接写内容',
  span: '去掉标签，直接写内容',
  p: '去掉标签，段落之间空一行',
};
