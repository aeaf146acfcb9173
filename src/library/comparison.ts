import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { EXIT, visit } from 'unist-util-visit';
import type { Card } from './catalogue.ts';
import { textOf } from '../markdown/body-text.ts';
import { TEARDOWN_STEPS } from '../markdown/components/teardown.ts';
import type { Library } from './library.ts';
import { closeUp } from '../text/typography.ts';
import { clip } from '../text/shorten.ts';

/** Characters of a step that the comparison shows; the full text is one click away. */
const LONGEST = 160;

const parser = unified().use(rehypeParse, { fragment: true });

type Step = (typeof TEARDOWN_STEPS)[number]['name'];

/** The compared cases, and what each says in each step. Cells are in the order of the cases. */
export interface Comparison {
  cases: Card<'teardowns'>[];
  steps: { name: Step; cells: (Cell | undefined)[] }[];
}

/** The beginning of one step of one case, and the address of the full step. */
export interface Cell {
  address: string;
  /** Missing when `numbers` is shown instead. */
  text?: string;
  /** HTML of a chart or table. */
  numbers?: string;
}

/** Whether there are cases to compare: one alone has nothing beside it. */
export function canCompare(library: Library): boolean {
  return library.of('teardowns').length > 1;
}

/** Compares the newest `most` cases step by step. Steps that no case has are left out. */
export function compareCases(library: Library, most: number): Comparison {
  const cases = library.of('teardowns').slice(0, most);
  const bodies = cases.map((entry) => library.body(entry).parts);
  const steps = TEARDOWN_STEPS.map(({ name }) => ({
    name,
    cells: cases.map((entry, index) => {
      const block = bodies[index]!.find((part) => part.component === name);
      if (!block || block.component === 'prose') return undefined;
      return { address: `${entry.address}#${block.id}`, ...beginning(block.html, name === 'Numbers') };
    }),
  }));
  return { cases, steps: steps.filter(({ cells }) => cells.some(Boolean)) };
}

/**
 * Returns the chart or table of a step that is about numbers, otherwise the first words of its text. A step without
 * text falls back to its chart or table.
 */
export function beginning(html: string, isAboutNumbers: boolean): Omit<Cell, 'address'> {
  const root = parser.parse(html);
  writeNumbers(root);
  const { children } = root;
  const drawn = children.filter(isDrawn);
  const numbers = drawn.find(isChart) ?? drawn.find(({ tagName }) => tagName === 'div');
  if (numbers && isAboutNumbers) return { numbers: toHtml(numbers) };
  const words = shortened(textOf(children.filter((node) => !isDrawn(node) && hasWordsBelow(node, children))));
  return words === '' && numbers ? { numbers: toHtml(numbers) } : { text: words };
}

/** Writes the number of each item of a numbered list into its text, because other sentences may refer to it. */
function writeNumbers(root: Root): void {
  visit(root, { tagName: 'ol' }, (list: Element) => {
    let number = Number(list.properties.start ?? 1);
    for (const item of list.children) {
      if (item.type !== 'element') continue;
      visit(item, 'text', (text) => {
        if (text.value.trim() === '') return;
        // A space that breaks would look like the end of a sentence, where the text may be cut.
        text.value = `${number++}.\u00a0${text.value}`;
        return EXIT;
      });
    }
  });
}

/**
 * Shortens a text to whole sentences or lines if that keeps at least a third of the limit, otherwise to whatever fits.
 */
function shortened(text: string): string {
  const flat = closeUp(text.trim().replace(/\n+/g, '\n'));
  if (flat.length <= LONGEST) return flat;
  const cut = clip(flat, LONGEST);
  const end = Math.max(...['。', '？', '！', '；', '\n', '. '].map((sign) => cut.lastIndexOf(sign)));
  return end > LONGEST / 3 ? cut.slice(0, end + 1).trim() : `${cut}……`;
}

/** Whether a node can't be shortened like text: a table (which the renderer wraps in a div), a chart or a picture. */
function isDrawn(node: Root['children'][number]): node is Element {
  return node.type === 'element' && ['figure', 'div', 'table'].includes(node.tagName);
}

/** Whether a heading has running text before the next heading. True for a node that is no heading. */
function hasWordsBelow(node: Root['children'][number], all: Root['children']): boolean {
  if (!isHeading(node)) return true;
  const below = all.slice(all.indexOf(node) + 1).filter(({ type }) => type === 'element');
  const end = below.findIndex(isHeading);
  return below.slice(0, end === -1 ? below.length : end).some((other) => !isDrawn(other));
}

function isHeading(node: Root['children'][number]): boolean {
  return node.type === 'element' && /^h[2-6]$/.test(node.tagName);
}

function isChart({ properties }: Element): boolean {
  return Array.isArray(properties.className) && properties.className.includes('chart');
}
