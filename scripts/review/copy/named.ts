import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { components } from '../../../src/markdown/components/all.ts';
import type { FrontMatter } from '../../../src/markdown/frontmatter.ts';
import type { JsxFlow } from '../../../src/markdown/parse.ts';
import { lineStarts } from '../../../src/markdown/spot.ts';
import type { Block } from './blocks.ts';

/** Fields in which a writer's own sentences stand; what others named, such as a book, is left as they wrote it. */
const OWN_WORDS = /^(?:title|summary|question|background|for|case\.name|chapters\.\d+\.title)$/;

/** Texts of the front matter; offsets are those in the source. One that is written with escapes or over lines is left out. */
export function fieldsOf(
  source: string,
  { raw, places }: Pick<FrontMatter<unknown>, 'raw' | 'places'>,
): Block[] {
  const lines = lineStarts(source);
  return Object.entries(places).flatMap(([path, [line, column]]) => {
    const value = OWN_WORDS.test(path) ? valueAt(raw, path) : undefined;
    if (value === undefined) return [];
    const offset = lines[line - 1]! + column - 1;
    // The place of a quoted value is that of its quotation mark.
    const start = [offset, offset + 1].find((at) => source.startsWith(value, at));
    return start === undefined ? [] : [blockAt(start, value)];
  });
}

/** Texts in the attributes of components; offsets are those in the body. One that is written with escapes is left out. */
export function attributesOf(body: string, root: Root): Block[] {
  const lines = lineStarts(body);
  const blocks: Block[] = [];
  visit(root, 'mdxJsxFlowElement', (node) => void blocks.push(...textsIn(node, body, lines)));
  return blocks;
}

function textsIn({ name, attributes }: JsxFlow, body: string, lines: number[]): Block[] {
  const known = components.get(name ?? '')?.attributes ?? {};
  return attributes.flatMap((attribute) => {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') return [];
    const { kind, choices } = known[attribute.name] ?? {};
    if (kind !== 'text' || choices || !attribute.position) return [];
    const { line, column } = attribute.position.start;
    // `title="`: the name, the equals sign and the quotation mark.
    const start = lines[line - 1]! + column - 1 + attribute.name.length + 2;
    return body.startsWith(attribute.value, start) ? [blockAt(start, attribute.value)] : [];
  });
}

const blockAt = (offset: number, text: string): Block => ({ offset, text, marks: [], isNamed: true });

function valueAt(raw: unknown, path: string): string | undefined {
  let value = raw;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
