import { h } from 'hastscript';
import type { Element, Root, RootContent, Text } from 'hast';
import { visit } from 'unist-util-visit';
import { INLINE } from './body-text.ts';

/**
 * Aligns the cells of a table by class: the pages' content security policy forbids style attributes, and HTML no longer
 * has `align`.
 */
export function alignedByClass(table: Element): Element {
  visit(table, 'element', (element) => {
    if (element.tagName !== 'th' && element.tagName !== 'td') return;
    const { align, ...rest } = element.properties;
    element.properties = typeof align === 'string' ? { ...rest, className: [`align-${align}`] } : rest;
    if (element.tagName === 'th') element.properties.scope = 'col';
  });
  return table;
}

/** A number, with its sign for percent. */
const NUMBER = String.raw`\d[\d:.,]{0,9}%?`;
/** What is counted or measured most often; other words after a number begin the next phrase. */
const UNIT = '(?:小时|分钟|[年月周日天点分秒元块万亿人位家个条次期场张份封篇句字页本章节讲集倍名群桌号])';

/**
 * Matches what must stay on one line: a `·` and the character before it, because no line may begin with one (GB/T
 * 15834-2011, 5.1.7); the two numbers of a range, between which a browser would break `13:30–14:00` in a table; and a
 * number with its unit, at whose space it would break `30 天`.
 */
const TOGETHER = new RegExp(
  String.raw`(\p{Script=Han}·|(?:第 ?)?${NUMBER}(?:[–～]${NUMBER})? ?${UNIT}|${NUMBER}[–～]${NUMBER})`,
  'u',
);

/**
 * The most pieces of a text. mdast-util-to-hast passes them as the arguments of one call, which fails for some 100,000
 * of them; that many are a table of numbers.
 */
const MOST_PIECES = 20_000;

/** Wraps what must stay on one line. */
export function keepTogether(node: Text | Element): (Text | Element)[] {
  if (node.type !== 'text') return [node];
  const pieces = node.value.split(TOGETHER);
  if (pieces.length > MOST_PIECES) return [node];
  return pieces.flatMap((piece, at): (Text | Element)[] => {
    if (piece === '') return [];
    return [at % 2 === 0 ? { type: 'text', value: piece } : h('span', { className: ['keep'] }, piece)];
  });
}

/** Wraps the checkbox of a task list item and its text in a label. */
export function labelled(item: Element): Element {
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

/** Transcript lines in a group, which the browser lays out or skips together: about a screen and a half on a phone. */
const LINES_TOGETHER = 10;

/**
 * Groups consecutive transcript lines and marks full groups. The browser skips off-screen elements (content-visibility)
 * and has to observe each of them: observing three thousand single lines makes scrolling stutter.
 */
export function groupLines(tree: Root): void {
  const grouped: RootContent[] = [];
  let group: Element | undefined;
  let count = 0;
  for (const node of tree.children) {
    const isLine = node.type === 'element' && 'dataStart' in node.properties;
    if (!isLine) {
      if (node.type === 'text' && group) group.children.push(node);
      else {
        group = undefined;
        grouped.push(node);
      }
      continue;
    }
    if (!group || count === LINES_TOGETHER) {
      group = h('div', { className: ['lines'] });
      count = 0;
      grouped.push(group);
    }
    group.children.push(node);
    if (++count === LINES_TOGETHER) group.properties.className = ['lines', 'full'];
  }
  tree.children = grouped;
}
