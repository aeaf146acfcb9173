import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { components } from '../../../src/markdown/components/all.ts';
import type { FrontMatter } from '../../../src/markdown/frontmatter.ts';
import type { JsxFlow } from '../../../src/markdown/jsx.ts';
import { lineStarts } from '../../../src/markdown/spot.ts';
import type { Block } from './blocks.ts';

/** Fields that hold a writer's own sentences. Names given by others, such as a book's, are left as written. */
const OWN_WORDS = /^(?:title|summary|question|background|for|case\.name|chapters\.\d+\.title)$/;

/**
 * Returns the texts of the front matter, with offsets in the source. A value with escapes or on several lines is left
 * out.
 */
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

/** Returns the texts in attributes of components, with offsets in the body. A value with escapes is left out. */
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
    // Skips `title="`: the name, the equals sign and the quotation mark.
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
