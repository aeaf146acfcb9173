import { components } from '../../src/markdown/components/all.ts';
import { TEARDOWN_STEPS } from '../../src/markdown/components/teardown.ts';
import type { Form } from '../../src/model/form.ts';
import { daysOfWeek, weekOf } from '../../src/model/week.ts';
import type { Values } from './values.ts';

/** Returns the body of a new entry: the components of its form in order, each with a hint about its content. */
export function startingBody(form: Form, values: Values): string {
  return BODIES[form](values).join('\n\n');
}

const BODIES: Record<Form, (values: Values) => string[]> = {
  people: () => ['做过什么，擅长什么，可以找他聊什么。不要写联系方式。'],
  notes: () => ['先用一两句话说结论。', '## 怎么做', '1. 第一步', callout('tip', '最容易做错的一处。')],
  talks: (values) => {
    const who = first(values.speakers);
    return [
      '谁来讲，讲什么，为什么值得听。',
      section('Takeaways', '- 第一条要点'),
      '## 开场',
      `<Line who="${who}" t="0:00">\n  逐字稿的一段。\n</Line>`,
      `<Quote who="${who}" from="0:00" to="0:10">\n  逐字稿的一段。\n</Quote>`,
    ];
  },
  breakdowns: () => [
    '先说结论：这本书对我们有什么用。',
    section('Framework', '- 第一部分\n  - 其中一点'),
    '<Chapter title="第一章">\n  用自己的话转述。\n\n  <Idea title="一个关键观点">\n    它为什么重要。\n  </Idea>\n</Chapter>',
    section('Apply', '- [ ] 这周就能做的一件事'),
  ],
  discussions: (values) => [
    `<Viewpoint who="${first(values.asked_by)}" title="一句话概括">\n  这个人怎么看，用他自己的话。\n</Viewpoint>`,
    ...['Agreement', 'Disagreement', 'Open'].map((name) => section(name, `- ${whatOf(name)}`)),
    section('Try', '- [ ] 可以试试的一件事'),
  ],
  teardowns: () => TEARDOWN_STEPS.map(({ name }) => section(name, whatOf(name))),
  digests: (values) => {
    const date = String(values.date);
    const week = typeof values.week === 'string' ? values.week : weekOf(date);
    return [
      '这一周的关键词，两三句话。',
      `<Day date="${daysOfWeek(week)[0]!}">\n  <Pick who="${first(values['people.editor'])}" title="一句话概括">\n    谁说了什么，为什么值得留下。\n  </Pick>\n</Day>`,
      '## 还没有答案的问题',
      '- 下周接着问什么',
    ];
  },
};

function section(name: string, inside: string): string {
  return `<${name}>\n${inside.replace(/^(?=.)/gm, '  ')}\n</${name}>`;
}

function callout(type: string, inside: string): string {
  return `<Callout type="${type}">\n  ${inside}\n</Callout>`;
}

function whatOf(name: string): string {
  return components.get(name)?.what ?? '';
}

function first(value: Values[string]): string {
  return String(Array.isArray(value) ? value[0] : value);
}
