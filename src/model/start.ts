import { z } from 'astro/zod';
import { entryId, oneOrMore, reference, text } from './fields.ts';
import { LEVELS, ROLES } from './lists.ts';

/** `start.yaml`: what newcomers should begin with. */
export const startSchema = z.strictObject({
  picks: z
    .array(
      z.strictObject({
        entry: entryId.describe('哪一篇，写成 文件夹/文件名，例如 talks/cold-start'),
        why: text(200).describe('为什么先看这篇，一句话'),
        level: oneOrMore(z.enum(LEVELS))
          .default([])
          .describe(`适合几年经验：${LEVELS.join('、')}`),
        role: oneOrMore(z.enum(ROLES))
          .default([])
          .describe(`适合哪类运营：${ROLES.join('、')}`),
      }),
    )
    .default([])
    .describe('推荐新人先看的几篇'),
  who: z
    .array(
      z.strictObject({
        person: reference.describe('谁，用 people 里的文件名'),
        for: text(200).describe('什么事找他，一句话'),
      }),
    )
    .default([])
    .describe('新人有事找谁'),
});

export type Start = z.output<typeof startSchema>;
