import type { Nodes as HtmlNodes } from 'hast';
import type { Nodes, PhrasingContent } from 'mdast';

/** Returns the text of a node of Markdown or HTML, without any markup. */
export function textOf(node: Nodes | HtmlNodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Joins the lines of a text, without the spaces around them. */
export function inOneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

/** Removes breaks and spaces at both ends of a text, and repeated breaks inside it. */
export function tidyLine(children: PhrasingContent[]): PhrasingContent[] {
  const tidy: PhrasingContent[] = [];
  for (const node of children) {
    const last = tidy.at(-1);
    const isStart = last === undefined || last.type === 'break';
    if (node.type === 'break') {
      if (!isStart) tidy.push(node);
    } else if (node.type === 'text') {
      const value = isStart ? node.value.trimStart() : node.value;
      if (value !== '') tidy.push({ ...node, value });
    } else {
      tidy.push(node);
    }
  }
  while (tidy.at(-1)?.type === 'break') tidy.pop();
  const last = tidy.at(-1);
  if (last?.type === 'text') tidy[tidy.length - 1] = { ...last, value: last.value.trimEnd() };
  return tidy;
}
