import type { Nodes, Parents } from 'mdast';
import { parseBody } from '../../../src/markdown/parse.ts';
import { lineStarts } from '../../../src/markdown/spot.ts';

/** A run of text in a source that reads as one: a paragraph, a heading, a cell of a table. Offsets are in UTF-16 units. */
export interface Block {
  /** Where it begins in the source. */
  offset: number;
  /** The source of it. */
  text: string;
  /** What in it is no text, by offsets within it; a mark around text has its two ends. */
  marks: Mark[];
  /** Whether something follows from its words, so that they are not changed for the writer: links lead to headings. */
  isNamed: boolean;
}

export type Mark =
  /** Code and bare addresses are words in another script; whatever else is raw keeps its neighbours too. */
  | { kind: 'word'; start: number; end: number }
  | { kind: 'raw'; start: number; end: number }
  /** What was to be a link and is none: its brackets are its writer's to set right. */
  | { kind: 'loose'; start: number; end: number }
  | { kind: 'around'; start: number; innerStart: number; innerEnd: number; end: number };

/** What people said, word for word. */
const VERBATIM = new Set(['Quote', 'Line']);
/** Without a title, their address in the page follows from their words. */
const NAMED_BY_TEXT = new Set(['Idea', 'Pick']);

const isBlock = (node: Nodes) =>
  node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell';

const AROUND = new Set(['emphasis', 'strong', 'delete', 'link', 'linkReference']);

/**
 * The blocks of a body's prose, in order; code, quotes and transcripts are not among them.
 *
 * @param root - the body as it was parsed, where that has been done
 */
export function blocksOf(body: string, root: ReturnType<typeof parseBody> = parseBody(body)): Block[] {
  if ('rule' in root) return [];
  const lines = lineStarts(body);
  const blocks: Block[] = [];
  const visit = (node: Nodes, isNamed: boolean): void => {
    if (node.type === 'blockquote') return;
    if (node.type === 'mdxJsxFlowElement') {
      if (VERBATIM.has(node.name ?? '')) return;
      const hasTitle = node.attributes.some((one) => one.type === 'mdxJsxAttribute' && one.name === 'title');
      isNamed ||= NAMED_BY_TEXT.has(node.name ?? '') && !hasTitle;
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

/** How the parts of a body stand in each other down to its blocks: what marks at the beginnings of lines make of it. */
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
      // What the source escapes stands for itself and must go on doing so.
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

/** What stands between a node's own marks, such as the bars of a table. */
function innerSpan({ children }: Parents, lines: number[]): [number, number] | undefined {
  const [first, last] = [children[0], children.at(-1)].map((child) => child && spanOf(child, lines));
  return first && last ? [first[0], last[1]] : undefined;
}

/** Where a node stands. By lines and columns: the parser's own offsets count blank lines that it was given besides. */
function spanOf({ position }: Nodes, lines: number[]): [number, number] | undefined {
  if (!position) return undefined;
  const at = ({ line, column }: { line: number; column: number }) => (lines[line - 1] ?? 0) + column - 1;
  return [at(position.start), at(position.end)];
}
