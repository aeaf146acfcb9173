import type { RootContent } from 'mdast';
import { components } from '../../src/markdown/components/all.ts';
import { LABELS } from '../../src/markdown/components/labels.ts';
import { TEARDOWN_STEPS } from '../../src/markdown/components/teardown.ts';
import { textOf } from './text.ts';
import { component, paragraph } from './mdx.ts';

/**
 * Puts the content below a heading such as 背景 or 机制 into that step of a teardown. A missing step gets a hint instead.
 */
export function intoSteps(body: RootContent[], lost: string[]): RootContent[] {
  const rest: RootContent[] = [];
  const found = new Map<string, RootContent[]>();
  let into = rest;
  for (const node of body) {
    const step = node.type === 'heading' ? stepOf(textOf(node)) : undefined;
    if (step === undefined) {
      if (node.type === 'heading' && node.depth === 2) into = rest;
      into.push(node);
      continue;
    }
    into = found.get(step) ?? [];
    found.set(step, into);
  }
  const steps = TEARDOWN_STEPS.flatMap(({ name, required }) => {
    const children = found.get(name);
    if (children && children.length > 0) return [component(name, {}, children)];
    if (!required) return [];
    lost.push(`没有找到“${LABELS[name]}”一节，放了一个空的 <${name}>，请补上`);
    return [component(name, {}, [paragraph(components.get(name)?.what ?? name)])];
  });
  return [...rest, ...steps];
}

function stepOf(heading: string): string | undefined {
  const plain = heading.replace(/^[\s\d一二三四五六七八九十、.．)）]+/, '');
  return TEARDOWN_STEPS.find(({ name }) => plain.startsWith(LABELS[name]))?.name;
}
