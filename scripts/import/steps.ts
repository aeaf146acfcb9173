import type { RootContent } from 'mdast';
import { components } from '../../src/markdown/components/all.ts';
import { TEARDOWN_STEPS } from '../../src/markdown/components/teardown.ts';
import { nodeText } from '../../src/markdown/node-text.ts';
import { HEADINGS } from '../../src/text/headings.ts';
import { component, paragraph } from './mdx.ts';

/**
 * Puts the content below a heading such as 背景 or 机制 into that step of a teardown. A missing step gets a hint instead.
 */
export function intoSteps(body: RootContent[], lost: string[]): RootContent[] {
  const rest: RootContent[] = [];
  const found = new Map<string, RootContent[]>();
  let into = rest;
  for (const node of body) {
    const step = node.type === 'heading' ? stepOf(nodeText(node)) : undefined;
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
    lost.push(`没有找到“${HEADINGS[name]}”一节，放了一个空的 <${name}>，请补上`);
    return [component(name, {}, [paragraph(components.get(name)?.what ?? name)])];
  });
  return [...rest, ...steps];
}

/** What writers call the steps in their own documents. */
const CALLED: Record<string, RegExp> = {
  Background: /^(?:案例|项目|活动)?(?:背景|介绍|简介)/,
  Goal: /^(?:活动|项目)?目[标的]/,
  Insight: /^(?:用户)?洞察/,
  Mechanism: /^(?:活动)?(?:机制|玩法|流程|做法)/,
  Numbers: /^(?:核心|关键)?(?:数据|数字)|^(?:结果|效果)/,
  Logic: /^(?:底层|背后的?)?逻辑|^为什么(?:有效|能成)/,
  Copy: /^(?:可以|值得|能)(?:抄|学|复用|借鉴|照)|^可(?:复制|借鉴|复用)/,
  Avoid: /^(?:要|需要)?避(?:开|免|坑)|^(?:不要|不能|别|不可)(?:抄|学|照|复制)|^踩坑/,
};

function stepOf(heading: string): string | undefined {
  const plain = heading.replace(/^[\s\d一二三四五六七八九十、.．(（)）]+/, '');
  return TEARDOWN_STEPS.find(({ name }) => plain.startsWith(HEADINGS[name]) || CALLED[name]?.test(plain))
    ?.name;
}
