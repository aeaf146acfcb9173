// Pages of the programs that people save or export from: what stands around the text, and how lists are written.

import type { Element, ElementContent, Nodes, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { nodeText } from '../../src/markdown/node-text.ts';
import { clip } from '../../src/text/shorten.ts';
import { readStyles, type Look } from './style-sheets.ts';

/**
 * Removes what an article or a Notion page has around its text, joins lists that are exported item by item and
 * code that is exported line by line, and turns what is only styled as bold or italic into that.
 *
 * @returns what was left out, one sentence each
 */
export function tidyPage(tree: Root): string[] {
  markStyled(tree, readStyles(tree));
  joinCode(tree);
  return [...tidyArticle(tree), ...tidyNotion(tree)];
}

/**
 * Keeps the title and the text of an article. Around that of WeChat are its account, date, codes and buttons, around
 * others the menus of their site.
 */
function tidyArticle(tree: Root): string[] {
  const ofWeChat = find(tree, ({ properties }) => properties.id === 'js_content');
  const article = ofWeChat ?? onlyOne(tree, 'article') ?? onlyOne(tree, 'main');
  const head = find(tree, ({ tagName }) => tagName === 'head');
  const body = find(tree, ({ tagName }) => tagName === 'body');
  if (!article || !head || !body) return [];
  const title = ofWeChat
    ? find(tree, ({ properties }) => properties.id === 'activity-name')
    : onlyOne(tree, 'h1');
  const kept = title === undefined || hasInside(article, title) ? [article] : [title, article];
  const isAll = lengthOf(body) === kept.reduce((sum, element) => sum + lengthOf(element), 0);
  head.children = head.children.filter(
    (node) => node.type === 'element' && ['title', 'meta'].includes(node.tagName),
  );
  body.children = kept;
  if (ofWeChat) return ['公众号的名字、日期、二维码和按钮没有带过来，只有标题和正文'];
  return isAll ? [] : ['网页上正文外面的（菜单、侧栏、评论、页脚）没有带过来，只有标题和正文'];
}

/** Returns the element of this name if a page has one and no other. */
function onlyOne(tree: Root, name: string): Element | undefined {
  const found: Element[] = [];
  visit(tree, 'element', (element) => {
    if (element.tagName === name) found.push(element);
  });
  return found.length === 1 ? found[0] : undefined;
}

const hasInside = (around: Element, element: Element) => find(around, (one) => one === element) !== undefined;

/** Counts the characters that a reader sees. */
function lengthOf(element: Element): number {
  let length = 0;
  visit(element, (node) => {
    if (node.type === 'element' && ['script', 'style', 'template', 'noscript'].includes(node.tagName))
      return SKIP;
    if (node.type === 'text') length += node.value.replace(/\s/g, '').length;
    return undefined;
  });
  return length;
}

/** What is bold by itself. */
const HEAVY = new Set(['strong', 'b', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const SLANTED = new Set(['em', 'i']);

/**
 * WeChat's editor writes bold as `<span style="font-weight: bold">`, as do pages copied from documents on the web. Google
 * Docs writes it as the class of a style sheet.
 */
function markStyled(
  parent: Root | Element,
  lookOf: (element: Element) => Look,
  within: { bold: boolean; italic: boolean } = { bold: false, italic: false },
): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue;
    const { isBold, isItalic } = child.tagName === 'span' ? lookOf(child) : {};
    const inside = {
      bold: within.bold || HEAVY.has(child.tagName) || isBold === true,
      italic: within.italic || SLANTED.has(child.tagName) || isItalic === true,
    };
    markStyled(child, lookOf, inside);
    if (isItalic && !within.italic) child.tagName = 'em';
    if (!isBold || within.bold) continue;
    if (child.tagName === 'em') {
      child.children = [{ ...child, children: child.children }];
      child.properties = {};
    }
    child.tagName = 'strong';
  }
}

/** WeChat's editor writes each line of code as a `<code>` of its own, beside a list of empty items for the numbers. */
function joinCode(tree: Root): void {
  visit(tree, 'element', (element, index, parent) => {
    const { tagName, properties, children } = element;
    if (tagName === 'ul' && parent && String(properties.className).includes('code-snippet__line-index')) {
      parent.children.splice(index!, 1);
      return index;
    }
    const isLine = (child: ElementContent): child is Element =>
      child.type === 'element' && child.tagName === 'code';
    if (tagName !== 'pre') return undefined;
    for (const line of children.filter(isLine).slice(0, -1))
      line.children.push({ type: 'text', value: '\n' });
    return undefined;
  });
}

function tidyNotion(tree: Root): string[] {
  const lost: string[] = [];
  visit(tree, 'element', (element, index, parent) => {
    if (index === undefined || !parent) return undefined;
    const { properties, tagName } = element;
    const classes = properties.className;
    const has = (name: string) => Array.isArray(classes) && classes.includes(name);
    if (has('page-header-icon')) {
      parent.children.splice(index, 1);
      return index;
    }
    if (tagName === 'table' && has('properties')) {
      visit(element, 'element', (row) => {
        if (row.tagName === 'tr') lost.push(`属性 ${clip(rowText(row), 60)} 没有带过来`);
      });
      parent.children.splice(index, 1);
      return index;
    }
    if (has('checkbox')) {
      Object.assign(element, {
        tagName: 'input',
        properties: { type: 'checkbox', checked: has('checkbox-on') },
        children: [],
      });
    }
    if (tagName === 'ul' || tagName === 'ol')
      joinFollowing(element, parent.children as ElementContent[], index);
    return undefined;
  });
  return lost;
}

/** Takes the items of the lists that follow at once and go on with this one. */
function joinFollowing(list: Element, siblings: ElementContent[], index: number): void {
  let number = numberBelow(list);
  let end = index + 1;
  for (let at = end; at < siblings.length; at++) {
    const next = siblings[at]!;
    if (next.type === 'text' && next.value.trim() === '') continue;
    if (next.type !== 'element' || next.tagName !== list.tagName) break;
    const goesOn = list.tagName === 'ul' ? sameClass(list, next) : firstNumber(next) === number;
    if (!goesOn) break;
    for (const child of next.children) list.children.push(child);
    number = numberBelow(next);
    end = at + 1;
  }
  siblings.splice(index + 1, end - index - 1);
}

const firstNumber = ({ properties }: Element) => Number(properties.start ?? 1);

/** Returns the number of the item that would follow a list. */
function numberBelow(list: Element): number {
  return firstNumber(list) + list.children.filter((child) => child.type === 'element').length;
}

const sameClass = (one: Element, other: Element) =>
  String(one.properties.className) === String(other.properties.className);

function rowText({ children }: Element): string {
  return children
    .map((cell) => nodeText(cell).trim())
    .filter((text) => text !== '')
    .join(': ');
}

function find(tree: Nodes, isWanted: (element: Element) => boolean): Element | undefined {
  let found: Element | undefined;
  visit(tree, 'element', (element) => {
    if (!found && isWanted(element)) found = element;
  });
  return found;
}
