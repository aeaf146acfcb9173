import type { Parents } from 'mdast';
import { reference } from '../model/fields.ts';
import type { Form } from '../model/form.ts';
import { isTime, parseTime } from '../model/time.ts';
import { isDate } from '../model/week.ts';
import { forbiddenCharacter } from './characters.ts';
import { checkFile, checkImage } from './check-address.ts';
import type { Add, Placed } from './check-report.ts';
import { closest } from './closest.ts';
import { components } from './components/all.ts';
import type { Attribute, Component } from './components/component.ts';
import { htmlTag, nearComponent } from './html-tag.ts';
import { attributeOf, valueOf, type JsxFlow, type JsxText } from './jsx.ts';
import { writeInstead } from './meant.ts';

/**
 * Checks one use of a component.
 * @returns whether to check its children too
 */
export function checkComponent(
  node: JsxFlow | JsxText,
  parent: Parents | undefined,
  form: Form,
  add: Add,
): boolean {
  const name = node.name ?? '';
  const handler = node.attributes.find(
    (attribute) => attribute.type === 'mdxJsxAttribute' && /^on/i.test(attribute.name),
  );
  const component = components.get(name);
  if (name.toLowerCase() === 'script') {
    add(node, 'script', '正文里不能用 <script>', '删掉它；要展示代码就放进 ``` 代码块');
    return false;
  }
  if (handler?.type === 'mdxJsxAttribute') {
    add(node, 'event-handler', `<${name}> 上写了 ${handler.name}，正文里不能有脚本`, '删掉这个属性');
    return false;
  }
  if (name === '') {
    add(node, 'html-tag', '正文里不能用空标签 <>', '删掉它；小于号写成 \\<');
    return false;
  }
  if (!component) {
    const html = htmlTag(name);
    if (html) add(node, 'html-tag', html.message, html.fix);
    else {
      const names = available(form);
      const meant = nearComponent(name) ?? closest(name, names);
      const fix = `${meant === undefined ? '' : `是不是 <${meant}>？`}这里可以用 ${names.join('、')}`;
      add(node, 'unknown-component', `没有组件 <${name}>`, fix);
    }
    return false;
  }
  if (component.forms !== 'all' && !component.forms.includes(form)) {
    const where = `它只用在 ${component.forms.join('、')} 里，看文章是不是放错了文件夹`;
    const fix = `${where}；这里可以用 ${available(form).join('、')}`;
    add(node, 'component-form', `<${name}> 不能用在 ${form} 里`, fix);
    return false;
  }
  checkAttributes(node, component, add);
  if (node.type === 'mdxJsxTextElement') {
    add(node, 'component-inline', `<${name}> 写在了句子里`, '让它单独成段，前后各空一行');
    return false;
  }
  return checkPlace(node, component, parent, add) && checkContent(node, component, add);
}

function checkPlace(
  node: JsxFlow,
  { name, place }: Component,
  parent: Parents | undefined,
  add: Add,
): boolean {
  const holder = parent?.type === 'mdxJsxFlowElement' ? components.get(parent.name ?? '') : undefined;
  if (typeof place !== 'string') {
    if (holder && place.includes(holder.name)) return true;
    add(
      node,
      'component-place',
      `<${name}> 放错了地方`,
      `放到 ${place.map((outer) => `<${outer}>`).join(' 或 ')} 里面`,
    );
    return false;
  }
  if (parent?.type === 'root') return true;
  if (holder === undefined) {
    add(node, 'component-place', `<${name}> 写在了列表、引用或表格里`, '移到外面，单独成段');
    return false;
  }
  if (place === 'top' || holder.holds !== 'blocks') {
    add(node, 'component-place', `<${name}> 不能放在 <${holder.name}> 里面`, '移到外面，单独成段');
    return false;
  }
  return true;
}

function checkContent(node: JsxFlow, { name, holds, complaint }: Component, add: Add): boolean {
  if (holds === 'nothing' && node.children.length > 0) {
    add(node, 'component-content', `<${name}> 里面不能有内容`, `写成 <${name} … />`);
    return false;
  }
  if (holds !== 'nothing' && node.children.length === 0) {
    add(node, 'component-content', `<${name}> 是空的`, `写成 <${name}>内容</${name}>，或者删掉`);
    return true;
  }
  const wrong = complaint?.(node);
  if (wrong !== undefined)
    add(node, 'component-content', `<${name}> ${wrong}`, '照 CONTRIBUTING.md 里的样子改');
  return true;
}

function checkAttributes(node: JsxFlow | JsxText, component: Component, add: Add): void {
  const { name, attributes: known } = component;
  const seen = new Set<string>();
  const twice = new Set<string>();
  const written = new Set(node.attributes.map((attribute) => 'name' in attribute && attribute.name));
  // An attribute that is already there can't be what a misspelt one was meant to be.
  const left = Object.keys(known).filter((key) => !written.has(key));
  let isSpread = false;
  for (const attribute of node.attributes) {
    const at = attribute.position ? { position: attribute.position } : node;
    if (attribute.type === 'mdxJsxExpressionAttribute') {
      isSpread = true;
      add(at, 'expression', `<${name}> 里用了花括号`, '属性写成 名字="值"');
      continue;
    }
    const { name: key, value } = attribute;
    const rule = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!rule) {
      const close = closest(key, left);
      add(
        at,
        'attribute-unknown',
        `<${name}> 没有属性 ${key}`,
        close ? `是不是 ${close}？` : left.length > 0 ? `删掉它，或写 ${left.join('、')}` : '删掉它',
      );
      continue;
    }
    if (seen.has(key)) {
      if (!twice.has(key)) add(at, 'attribute-twice', `<${name}> 的 ${key} 写了两次`, '只留一个');
      twice.add(key);
      continue;
    }
    seen.add(key);
    if (typeof value !== 'string') {
      const rest = value === null || value === undefined ? '没有写值' : '用了花括号';
      add(
        at,
        value ? 'expression' : 'attribute-invalid',
        `<${name}> 的 ${key} ${rest}`,
        `写成 ${key}="…"，${rule.what}`,
      );
      continue;
    }
    checkValue(at, name, key, value, rule, add);
  }
  checkRange(node, name, add);
  for (const [key, rule] of Object.entries(known)) {
    if (rule.required && !seen.has(key) && !isSpread) {
      add(node, 'attribute-missing', `<${name}> 缺少 ${key}`, `加上 ${key}="…"，${rule.what}`);
    }
  }
}

/** Checks that what a component quotes from a recording ends after it begins. */
function checkRange(node: JsxFlow | JsxText, name: string, add: Add): void {
  const [begin = '', end = ''] = [valueOf(node, 'from'), valueOf(node, 'to')];
  if (!isTime(begin) || !isTime(end) || parseTime(end) >= parseTime(begin)) return;
  add(
    attributeOf(node, 'to') ?? node,
    'attribute-invalid',
    `<${name}> 的 to ${end} 比 from ${begin} 早`,
    '写成这句话说完的时间',
  );
}

function checkValue(at: Placed, name: string, key: string, value: string, rule: Attribute, add: Add): void {
  const invalid = (isRight: (candidate: string) => boolean = () => false) => {
    const isText = (candidate: unknown) => typeof candidate === 'string' && isRight(candidate);
    const fix = writeInstead(value, isText, rule.what) ?? rule.what;
    add(at, 'attribute-invalid', `<${name}> 的 ${key} 不能写 “${value}”`, fix);
  };
  // Character references can produce characters that the source itself must not contain. A value is one line.
  if (value.trim() === '' || /[\t\n\r]/.test(value) || forbiddenCharacter(value)) {
    invalid();
    return;
  }
  const { choices } = rule;
  if (choices && !choices.includes(value)) invalid((candidate) => choices.includes(candidate));
  else if (rule.kind === 'time' && !isTime(value)) invalid(isTime);
  else if (rule.kind === 'date' && !isDate(value)) invalid(isDate);
  else if (rule.kind === 'person' && !reference.safeParse(value).success) invalid();
  else if (rule.kind === 'image') checkImage(at, value, add);
  else if (rule.kind === 'audio' || rule.kind === 'attachment') checkFile(at, value, rule, add);
}

function available(form: Form): string[] {
  return [...components.values()]
    .filter(({ forms }) => forms === 'all' || forms.includes(form))
    .map(({ name }) => name);
}
