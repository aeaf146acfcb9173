// Imported by the build (Node), which gets elements from parse5, and by pages, which get them from the browser.

/** The text between tags. */
interface TextNode {
  nodeName: '#text';
  value: string;
}

/** The part of an element that is read; names are in lower case. */
export interface Element {
  nodeName: string;
  tagName: string;
  attrs: readonly { name: string; value: string }[];
  childNodes: readonly Node[];
}

/** A text, an element, or another node, which is ignored. */
export type Node = TextNode | Element | { nodeName: string };

export function isText(node: Node): node is TextNode {
  return node.nodeName === '#text';
}

export function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

/** Whether an element is the article of an entry. */
export function isEntry(element: Element): boolean {
  return hasAttribute(element, 'data-entry');
}

export function hasAttribute(element: Element, name: string): boolean {
  return element.attrs.some((attribute) => attribute.name === name);
}

/** The value of an attribute; '' when it is missing. */
export function textAttribute(element: Element, name: string): string {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? '';
}

export function hasClass(name: string): (element: Element) => boolean {
  return (element) => textAttribute(element, 'class').split(/\s+/).includes(name);
}

export function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** Finds the first match in document order, including the node itself. */
export function findElement(node: Node, matches: (element: Element) => boolean): Element | undefined {
  if (isElement(node) && matches(node)) return node;
  for (const child of childrenOf(node)) {
    const found = findElement(child, matches);
    if (found) return found;
  }
  return undefined;
}

export function findElements(node: Node, matches: (element: Element) => boolean): Element[] {
  const here = isElement(node) && matches(node) ? [node] : [];
  return [...here, ...childrenOf(node).flatMap((child) => findElements(child, matches))];
}
