import { z } from 'astro/zod';
import { id, name, oneOrMore, oneOrMoreTexts, text } from './fields.ts';

/** `topics.yaml`: the controlled list of topics, by id. */
export const topicsSchema = z
  .record(
    id,
    z.strictObject({
      name: name(40).describe('主题的中文名'),
      definition: text(500).describe('这个主题指什么，一两句话'),
      aliases: oneOrMoreTexts(40).default([]).describe('别名列表，搜索时也能找到'),
      formerly: oneOrMore(id, z.array(id)).default([]).describe('用过的英文名，改名后旧链接还能打开'),
    }),
  )
  .superRefine((topics, context) => {
    // Each of these is an address, and an address has one page.
    const taken = new Map(Object.keys(topics).map((topic) => [topic, topic]));
    for (const [topic, { formerly }] of Object.entries(topics)) {
      for (const [index, old] of formerly.entries()) {
        const owner = taken.get(old);
        taken.set(old, owner ?? topic);
        if (owner === undefined) continue;
        const message = `已经是主题 ${owner} 的网址，只能留一处`;
        context.addIssue({ code: 'custom', path: [topic, 'formerly', index], message, input: old });
      }
    }
  });

export interface Topic {
  id: string;
  name: string;
  /** Missing if the audience may only know the name. */
  definition?: string;
  aliases: string[];
  /** Its former ids. */
  formerly: string[];
}
