import type { PhrasingContent } from 'mdast';

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
