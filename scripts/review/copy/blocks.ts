import type { Nodes, Parents } from 'mdast';
import { attributeOf } from '../../../src/markdown/jsx.ts';
import { parseBody } from '../../../src/markdown/parse.ts';
import { lineStarts } from '../../../src/markdown/spot.ts';

/** A run of text in a source: a paragraph, a heading, or a table cell. Offsets are in UTF-16 units. */
export interface Block {
  /** Offset in the source. */
  offset: number;
  /** Its source text. */
  text: string;
  /** The parts that aren't plain text, by offsets within the block. A mark around text has inner offsets too. */
  marks: Mark[];
  /**
   * Whether other things depend on its words, as links depend on headings. Its text is then not changed automatically.
   */
  isNamed: boolean;
}

export type Mark =
  /**
   * Code and bare addresses: to their neighbours they are words in another script. `raw` also protects its neighbours.
   */
  | { kind: 'word'; start: number; end: number }
  | { kind: 'raw'; start: number; end: number }
  /** A link that doesn't work because of its syntax; only its writer can correct the brackets. */
  | { kind: 'loose'; start: number; end: number }
  | { kind: 'around'; start: number; innerStart: number; innerEnd: number; end: number };

/** What people said, word for word. */
const VERBATIM = new Set(['Quote', 'Line']);
/** Without a title, their ids in the page are derived from their text. */
const NAMED_BY_TEXT = new Set(['Idea', 'Pick']);

const isBlock = (node: Nodes) =>
  node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell';

const AROUND = new Set(['emphasis', 'strong', 'delete', 'link', 'linkReference']);

/**
 * Returns the blocks of a body's prose, in order, without code, quotes and transcripts.
 *
 * @param root - the parsed body, if there is one
 */
export function blocksOf(body: string, root: ReturnType<typeof parseBody> = parseBody(body)): Block[] {
  if ('rule' in root) return [];
  const lines = lineStarts(body);
  const blocks: Block[] = [];
  const visit = (node: Nodes, isNamed: boolean): void => {
    if (node.type === 'blockquote') return;
    if (node.type === 'mdxJsxFlowElement') {
      if (VERBATIM.has(node.name ?? '')) return;
      isNamed ||= NAMED_BY_TEXT.has(node.name ?? '') && !attributeOf(node, 'title');
    }
    if (isBlock(node)) {
      const span = innerSpan(node, lines);
      if (!span) return;
      const [offset, end] = span;
      blocks.push({
        offset,
        text: body.slice(offset, end),
        marks: marksOf(node, offset, body, lines),
        isNamed: isNamed || node.type === 'heading',
      });
      return;
    }
    if ('children' in node) for (const child of node.children) visit(child, isNamed);
  };
  visit(root, false);
  return blocks;
}

/** Spells how a body's nodes nest, down to its blocks. Marks at the beginning of lines decide this. */
export function structureOf(root: ReturnType<typeof parseBody>): string {
  if ('rule' in root) return root.rule;
  const spell = (node: Nodes): string =>
    'children' in node && !isBlock(node) ? `${node.type}(${node.children.map(spell).join()})` : node.type;
  return spell(root);
}

function marksOf(block: Nodes, offset: number, body: string, lines: number[]): Mark[] {
  const marks: Mark[] = [];
  const visit = (node: Nodes): void => {
    const span = spanOf(node, lines);
    if (!span) return;
    const [start, end] = [span[0] - offset, span[1] - offset];
    if (node.type === 'text') {
      // An escape in the source stands for a literal character and has to stay.
      for (const escape of body.slice(...span).matchAll(/\\[!-/:-@[-`{-~]|&#?\w+;/g))
        marks.push({
          kind: 'raw',
          start: start + escape.index,
          end: start + escape.index + escape[0].length,
        });
      for (const { 0: link, index } of body
        .slice(...span)
        .matchAll(/!?\[[^\]\n]{0,200}\]\([^)\n]{1,500}\)/g)) {
        marks.push({ kind: 'loose', start: start + index, end: start + index + link.length });
      }
      return;
    }
    const inner = AROUND.has(node.type) && 'children' in node ? innerSpan(node, lines) : undefined;
    // A bare address is a link around its own text.
    const isWord = node.type === 'inlineCode' || node.type === 'link';
    if (!inner || inner[0] - offset === start) {
      marks.push({ kind: isWord ? 'word' : 'raw', start, end });
      return;
    }
    marks.push({ kind: 'around', start, innerStart: inner[0] - offset, innerEnd: inner[1] - offset, end });
    if ('children' in node) node.children.forEach(visit);
  };
  if ('children' in block) block.children.forEach(visit);
  return marks;
}

/** Returns the offsets of what is between a node's own marks, such as the bars of a table. */
function innerSpan({ children }: Parents, lines: number[]): [number, number] | undefined {
  const [first, last] = [children[0], children.at(-1)].map((child) => child && spanOf(child, lines));
  return first && last ? [first[0], last[1]] : undefined;
}

/**
 * Returns the offsets of a node, computed from line and column: the parser's own offsets also count blank lines that
 * were added before parsing.
 */
function spanOf({ position }: Nodes, lines: number[]): [number, number] | undefined {
  if (!position) return undefined;
  const at = ({ line, column }: { line: number; column: number }) => (lines[line - 1] ?? 0) + column - 1;
  return [at(position.start), at(position.end)];
}
