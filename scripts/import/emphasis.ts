import type { Delete, Emphasis, PhrasingContent, Strong } from 'mdast';

type Mark = Strong | Emphasis | Delete;

const isMark = (node: PhrasingContent): node is Mark => ['strong', 'emphasis', 'delete'].includes(node.type);

/**
 * Arranges the emphasis of a line as Markdown can write it: programs set each half of a word in bold for itself, bold in
 * bold, and with the space or the line break behind it.
 *
 * @param around - the emphasis that the line is already in
 */
export function tidyEmphasis(
  children: readonly PhrasingContent[],
  around: readonly Mark['type'][] = [],
): PhrasingContent[] {
  const tidy: PhrasingContent[] = [];
  const add = (node: PhrasingContent) => addTo(tidy, node);
  for (const node of children) {
    if (isMark(node)) {
      const inside = tidyEmphasis(node.children, [...around, node.type]);
      const parts = around.includes(node.type) ? inside : withoutEnds(node, inside);
      for (const part of parts) add(part);
    } else add('children' in node ? { ...node, children: tidyEmphasis(node.children, around) } : node);
  }
  return tidy;
}

/** Adds a node to a line, joined with the one before it if both are text or have the same mark. */
function addTo(line: PhrasingContent[], added: PhrasingContent): void {
  const [last, node] = alike(line.at(-1), added);
  if (last) line[line.length - 1] = last;
  if (last?.type === 'text' && node.type === 'text') last.value += node.value;
  else if (last && isMark(last) && last.type === node.type)
    for (const child of node.children) addTo(last.children, child);
  else line.push(node.type === 'text' ? { ...node } : node);
}

/**
 * Turns bold italics beside italics inside out, and likewise beside bold, so that both begin with the same mark and can be
 * joined: of `***甲****乙*`, Markdown would show some of the marks.
 */
function alike<Before extends PhrasingContent | undefined>(
  last: Before,
  node: PhrasingContent,
): [Before | Mark, PhrasingContent] {
  if (!last || !isMark(last) || !isMark(node) || last.type === node.type) return [last, node];
  const [turnedLast, turned] = [insideOut(last), insideOut(node)];
  if (turned?.type === last.type) return [last, turned];
  return [turnedLast?.type === node.type ? turnedLast : last, node];
}

function insideOut(mark: Mark): Mark | undefined {
  const [inner, other] = mark.children;
  if (!inner || other || !isMark(inner)) return undefined;
  return { ...inner, children: [{ ...mark, children: inner.children }] };
}

/** Puts breaks and spaces at the ends of what is emphasised outside of it; what is only these isn't emphasised. */
function withoutEnds(mark: Mark, children: PhrasingContent[]): PhrasingContent[] {
  const inside = [...children];
  const before: PhrasingContent[] = [];
  const after: PhrasingContent[] = [];
  while (isSpace(inside[0])) before.push(inside.shift()!);
  while (isSpace(inside.at(-1))) after.unshift(inside.pop()!);
  const [first] = inside;
  if (first === undefined) return [...before, ...after];
  if (first.type === 'text') {
    const value = first.value.trimStart();
    before.push({ type: 'text', value: first.value.slice(0, first.value.length - value.length) });
    inside[0] = { ...first, value };
  }
  const last = inside.at(-1)!;
  if (last.type === 'text') {
    const value = last.value.trimEnd();
    after.unshift({ type: 'text', value: last.value.slice(value.length) });
    inside[inside.length - 1] = { ...last, value };
  }
  return [...before, { ...mark, children: inside }, ...after].filter(
    (node) => node.type !== 'text' || node.value !== '',
  );
}

function isSpace(node: PhrasingContent | undefined): boolean {
  return node?.type === 'break' || (node?.type === 'text' && node.value.trim() === '');
}
