import type { Element, ElementContent, Text } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Nodes, Parents, Root } from 'mdast';
import remarkRehype, { defaultHandlers, type Options } from 'remark-rehype';
import { unified } from 'unified';
import { texts } from '../i18n/index.ts';
import { parseTime } from '../model/time.ts';
import { alignedByClass, groupLines, keepTogether, labelled } from './body-elements.ts';
import { headingsOf, partsOf, type Blocks } from './body-parts.ts';
import { joinSoftBreaks, numberFootnotes, unifyLineEnds } from './body-source.ts';
import { textOf } from './body-text.ts';
import { components } from './components/all.ts';
import type { Use } from './components/component.ts';
import { Ids } from './ids.ts';
import type { BlockName } from './content.ts';
import type { JsxFlow } from './jsx.ts';
import { gap, type Slot, type Template } from './slots.ts';
import { kindOfAddress } from './url.ts';

/** A rendered body with gaps for what other files decide, see {@link Slot}. */
export interface Body {
  html: Template;
  /** Missing if there is only running text. */
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

/**
 * Renders a body that has passed {@link checkBody}. Changes the tree.
 * @param lineOffset - number of lines in the file above the body
 */
export function renderBody(root: Root, lineOffset: number): Body {
  unifyLineEnds(root);
  joinSoftBreaks(root);
  numberFootnotes(root);
  const renderer = new Renderer(lineOffset);
  return renderer.render(root);
}

/** Whether there is text beside the pictures in a paragraph. */
function hasText(parent: Parents | undefined): boolean {
  return parent?.children.some((child) => child.type === 'text' && child.value.trim() !== '') ?? false;
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
    groupLines(tree);
    const parts = partsOf(tree, this.#blocks);
    return {
      html: toHtml(tree).trim(),
      // For running text alone, the only part would repeat `html`.
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
      footnoteLabel: texts.entry.footnotes,
      footnoteLabelProperties: { className: ['footnotes-title'] },
      footnoteBackLabel: backLabel,
      handlers: {
        text: (state, node: Extract<Nodes, { type: 'text' }>) =>
          keepTogether(defaultHandlers.text(state, node)),
        mdxJsxFlowElement: (state, node: JsxFlow) => this.#component(node, state.all(node)),
        table: (state, node: Extract<Nodes, { type: 'table' }>) =>
          h('div', { className: ['table'], tabIndex: 0 }, [
            alignedByClass(defaultHandlers.table(state, node)),
          ]),
        image: (_, node: Extract<Nodes, { type: 'image' }>, parent) =>
          this.#gap(node, {
            kind: 'image',
            src: node.url,
            alt: node.alt ?? '',
            ...(node.title ? { title: node.title } : {}),
            ...(hasText(parent) ? { isInText: true } : {}),
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

/** Returns the name of the link from a footnote back to its place, or to a later place that refers to it again. */
function backLabel(note: number, place: number): string {
  return `${texts.entry.backToText} ${note + 1}${place > 1 ? `-${place}` : ''}`;
}
