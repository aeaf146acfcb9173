import type {
  Element,
  ElementContent,
  Nodes as HastNodes,
  Root as HastRoot,
  RootContent as HastContent,
  Text,
} from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Nodes, Root } from 'mdast';
import remarkRehype, { defaultHandlers, type Options } from 'remark-rehype';
import { unified } from 'unified';
import { visit, SKIP } from 'unist-util-visit';
import { components } from './components/all.ts';
import type { Use } from './components/component.ts';
import { LABELS } from './components/labels.ts';
import type { BlockName } from './load.ts';
import { joinsWithoutSpace } from './han.ts';
import { Ids } from './ids.ts';
import type { JsxFlow } from './parse.ts';
import { gap, type Slot, type Template } from './slots.ts';
import { kindOfAddress } from './url.ts';
import { parseTime } from '../model/time.ts';

/** A body, rendered but for its gaps. */
export interface Body {
  html: Template;
  /** Missing where there is only running text. */
  parts?: PartTemplate[];
  headings: { depth: number; id: string; text: Template }[];
  quotes: {
    id: string;
    who?: Template;
    from?: number;
    to?: number;
    source?: string;
    text: Template;
    html: Template;
  }[];
  lines: { id: string; who: string; t: number; text: Template }[];
  text: Template;
  slots: Slot[];
}

export type PartTemplate = { component: 'prose'; html: Template } | BlockTemplate;

export interface BlockTemplate {
  component: BlockName;
  id: string;
  title?: string;
  who?: string;
  date?: string;
  html: Template;
  text: Template;
  blocks?: BlockTemplate[];
}

/** Which elements are components that pages lay out themselves. */
type Blocks = WeakMap<Element, { component: BlockName; use: Use }>;

/**
 * Renders a checked body.
 * @param lineOffset lines of the file above the body
 */
export function renderBody(root: Root, lineOffset: number): Body {
  joinSoftBreaks(root);
  numberFootnotes(root);
  const renderer = new Renderer(lineOffset);
  return renderer.render(root);
}

class Renderer {
  readonly #lineOffset: number;
  readonly #ids = new Ids();
  readonly #slots: Slot[] = [];
  readonly #blocks: Blocks = new WeakMap();
  readonly #quotes: Body['quotes'] = [];
  readonly #lines: Body['lines'] = [];

  constructor(lineOffset: number) {
    this.#lineOffset = lineOffset;
  }

  render(root: Root): Body {
    const tree = unified().use(remarkRehype, this.#options()).runSync(root);
    alignByClass(tree);
    const parts = partsOf(tree, this.#blocks);
    return {
      html: toHtml(tree).trim(),
      // Running text alone would be the same once more.
      ...(parts.some((part) => part.component !== 'prose') ? { parts } : {}),
      headings: headingsOf(tree),
      quotes: this.#quotes,
      lines: this.#lines,
      text: textOf(tree.children).trim(),
      slots: this.#slots,
    };
  }

  #options(): Options {
    return {
      clobberPrefix: '',
      footnoteLabel: LABELS.footnotes,
      footnoteLabelProperties: { className: ['footnotes-title'] },
      footnoteBackLabel: LABELS.backToText,
      handlers: {
        mdxJsxFlowElement: (state, node: JsxFlow) => this.#component(node, state.all(node)),
        table: (state, node: Extract<Nodes, { type: 'table' }>) =>
          h('div', { className: ['table'], tabIndex: 0 }, [defaultHandlers.table(state, node)]),
        image: (_, node: Extract<Nodes, { type: 'image' }>) =>
          this.#gap(node, {
            kind: 'image',
            src: node.url,
            alt: node.alt ?? '',
            ...(node.title ? { title: node.title } : {}),
          }),
        link: (state, node: Extract<Nodes, { type: 'link' }>) =>
          this.#link(node, node.url, node.title, state.all(node)),
        linkReference: (state, node: Extract<Nodes, { type: 'linkReference' }>) => {
          const definition = state.definitionById.get(node.identifier.toUpperCase());
          return definition
            ? this.#link(node, definition.url, definition.title, state.all(node))
            : defaultHandlers.linkReference(state, node);
        },
        heading: (state, node: Extract<Nodes, { type: 'heading' }>) => {
          const heading = defaultHandlers.heading(state, node);
          const id = this.#ids.claimText('s', textOf(heading.children));
          heading.properties = { id, ...heading.properties };
          return heading;
        },
        listItem: (state, node: Extract<Nodes, { type: 'listItem' }>, parent) =>
          labelled(defaultHandlers.listItem(state, node, parent)),
      },
    };
  }

  #component(node: JsxFlow, children: ElementContent[]): Element {
    const component = components.get(node.name!)!;
    const attributes: Record<string, string> = {};
    for (const attribute of node.attributes) {
      if (attribute.type === 'mdxJsxAttribute') attributes[attribute.name] = attribute.value as string;
    }
    const use: Use = {
      attributes,
      children,
      text: textOf(children).trim(),
      id: '',
      slots: {
        person: (name) => this.#gap(node, { kind: 'person', id: attributes[name]! }),
        image: (name, alt) => this.#gap(node, { kind: 'image', src: attributes[name]!, alt }),
        audio: (name, title) =>
          this.#gap(node, {
            kind: 'audio',
            src: attributes[name]!,
            ...(title === undefined ? {} : { title }),
          }),
        attachment: (name, title) => this.#gap(node, { kind: 'attachment', src: attributes[name]!, title }),
      },
    };
    use.id = component.id?.(use, this.#ids) ?? '';
    const element = component.render(use);
    if (component.block) this.#blocks.set(element, { component: component.block, use });
    if (component.name === 'Quote') this.#keepQuote(use);
    if (component.name === 'Line') {
      this.#lines.push({
        id: use.id,
        who: attributes.who!,
        t: parseTime(attributes.t!),
        text: use.text,
      });
    }
    return element;
  }

  #keepQuote({ id, attributes: { who, from, to, source }, text, children }: Use): void {
    this.#quotes.push({
      id,
      ...(who === undefined ? {} : { who }),
      ...(from === undefined ? {} : { from: parseTime(from) }),
      ...(to === undefined ? {} : { to: parseTime(to) }),
      ...(source === undefined ? {} : { source }),
      text,
      html: toHtml(children),
    });
  }

  #link(node: Nodes, url: string, title: string | null | undefined, children: ElementContent[]): Element {
    const kind = kindOfAddress(url);
    const properties = title ? { title } : {};
    if (kind === 'web')
      return h(
        'a',
        { href: url, rel: ['noopener', 'noreferrer'], className: ['external'], ...properties },
        children,
      );
    if (kind === 'mail') return h('a', { href: url, ...properties }, children);
    return h('a', { href: this.#gap(node, { kind: 'link', url }).value, ...properties }, children);
  }

  #gap(node: { position?: Nodes['position'] }, slot: Unplaced<Slot>): Text {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 };
    this.#slots.push({ ...slot, line: line + this.#lineOffset, column });
    return { type: 'text', value: gap(this.#slots.length - 1) };
  }
}

type Unplaced<T> = T extends unknown ? Omit<T, 'line' | 'column'> : never;

/** Line breaks in the source stand for a space, which Chinese doesn't put between characters. */
function joinSoftBreaks(root: Root): void {
  visit(root, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return;
    const leaves: { value: string }[] = [];
    visit(node, (leaf) => {
      if (leaf.type === 'text' || leaf.type === 'inlineCode') leaves.push(leaf);
      // Nothing is joined across what is no text.
      else if (leaf.type === 'image' || leaf.type === 'break' || leaf.type === 'footnoteReference')
        leaves.push({ value: '\u0000' });
    });
    leaves.forEach((leaf, index) => {
      if (!leaf.value.includes('\n')) return;
      const before = leaves[index - 1]?.value.at(-1) ?? '';
      const after = leaves[index + 1]?.value[0] ?? '';
      leaf.value = leaf.value.replace(/\n/g, (_, at: number) => {
        const left = lastCharacter(at > 0 ? leaf.value.slice(Math.max(0, at - 2), at) : before);
        const right = firstCharacter(leaf.value.slice(at + 1, at + 3) || after);
        return joinsWithoutSpace(left, right) ? '' : '\n';
      });
    });
    return SKIP;
  });
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 32);
}

function lastCharacter(text: string): string {
  const end = text.codePointAt(text.length - 2) ?? 0;
  return end > 0xffff ? String.fromCodePoint(end) : text.slice(-1);
}

/** Ids of footnotes are made from their labels, which may be Chinese; numbers in order of use are ASCII. */
function numberFootnotes(root: Root): void {
  const numbers = new Map<string, string>();
  visit(root, 'footnoteReference', (node) => {
    const key = node.identifier.toUpperCase();
    if (!numbers.has(key)) numbers.set(key, String(numbers.size + 1));
  });
  visit(root, (node) => {
    if (node.type !== 'footnoteReference' && node.type !== 'footnoteDefinition') return;
    // A definition that nobody refers to is not shown, but needs an id that is nobody's.
    node.identifier = numbers.get(node.identifier.toUpperCase()) ?? '0';
    node.label = node.identifier;
  });
}

/** Alignment by class: the pages' policy lets no style attribute pass, and HTML has no `align` any more. */
function alignByClass(tree: HastRoot): void {
  visit(tree, 'element', (element) => {
    if (element.tagName !== 'th' && element.tagName !== 'td') return;
    const { align, ...rest } = element.properties;
    element.properties = typeof align === 'string' ? { ...rest, className: [`align-${align}`] } : rest;
    if (element.tagName === 'th') element.properties.scope = 'col';
  });
}

const INLINE = new Set(['a', 'code', 'del', 'em', 'img', 'input', 'strong', 'sup']);

/** A task's box gets its words as its label. */
function labelled(item: Element): Element {
  const first = item.children.find((child) => child.type === 'element');
  const holder = first?.tagName === 'p' ? first : item;
  const start = holder.children.findIndex((child) => child.type === 'element' && child.tagName === 'input');
  if (start === -1) return item;
  const length = holder.children
    .slice(start)
    .findIndex((child) => child.type === 'element' && !INLINE.has(child.tagName));
  const end = length === -1 ? holder.children.length : start + length;
  holder.children.splice(start, end - start, h('label', holder.children.slice(start, end)));
  return item;
}

function partsOf(tree: HastRoot, blocks: Blocks): PartTemplate[] {
  const parts: PartTemplate[] = [];
  let prose: HastContent[] = [];
  const endProse = () => {
    if (prose.some((node) => node.type !== 'text' || node.value.trim() !== '')) {
      parts.push({ component: 'prose', html: toHtml({ type: 'root', children: prose }).trim() });
    }
    prose = [];
  };
  for (const node of tree.children) {
    if (node.type !== 'element' || !blocks.has(node)) {
      prose.push(node);
      continue;
    }
    endProse();
    parts.push(blockOf(node, blocks));
  }
  endProse();
  return parts;
}

function blockOf(element: Element, known: Blocks): BlockTemplate {
  const { component, use } = known.get(element)!;
  const { title, who, date } = use.attributes;
  const blocks = use.children
    .filter((child) => child.type === 'element')
    .filter((child) => known.has(child))
    .map((child) => blockOf(child, known));
  return {
    component,
    id: use.id,
    ...(title === undefined ? {} : { title }),
    ...(who === undefined ? {} : { who }),
    ...(date === undefined ? {} : { date }),
    html: toHtml(use.children).trim(),
    text: use.text,
    ...(blocks.length === 0 ? {} : { blocks }),
  };
}

/** Headings of the text and of components; where a component's heading has no id, its section has. */
function headingsOf(tree: HastRoot): Body['headings'] {
  const headings: Body['headings'] = [];
  visit(tree, 'element', (element, _, parent) => {
    const depth = /^h([2-6])$/.exec(element.tagName)?.[1];
    if (depth === undefined) return;
    const id = element.properties.id ?? (parent?.type === 'element' ? parent.properties.id : undefined);
    if (typeof id !== 'string' || id === 'footnote-label') return;
    headings.push({ depth: Number(depth), id, text: textOf(element.children) });
  });
  return headings;
}

/** Text as it is read: block elements on lines of their own. */
function textOf(nodes: readonly HastNodes[]): Template {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.value;
      if (node.type !== 'element' || 'dataFootnoteBackref' in node.properties) return '';
      const inner = textOf(node.children);
      return INLINE.has(node.tagName) || INLINE_FRAME.has(node.tagName) ? inner : `\n${inner}\n`;
    })
    .join('')
    .replace(/\n{2,}/g, '\n');
}

const INLINE_FRAME = new Set(['span', 'time', 'cite', 'label']);
