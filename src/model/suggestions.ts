import { z } from 'astro/zod';
import { date, entryId, oneOrMoreTexts, reference, text, workTitle } from './fields.ts';

/** The state of a suggestion: 想看、排上了、拆好了. */
const SUGGESTION_STATES = ['wanted', 'planned', 'done'] as const;

/** `suggestions.yaml`: the books and courses that members suggest for a breakdown. */
export const suggestionsSchema = z.array(
  z
    .strictObject({
      title: workTitle,
      kind: z.enum(['book', 'course']).describe('book（书）或 course（课）'),
      authors: oneOrMoreTexts(80).default([]).describe('作者或讲师列表'),
      by: reference.optional().describe('谁推荐的，用 people 里的文件名'),
      why: text(200).describe('为什么想看，一句话'),
      date: date.optional().describe('什么时候推荐的，写成 2026-11-22'),
      state: z
        .enum(SUGGESTION_STATES)
        .default('wanted')
        .describe('wanted（想看，默认）、planned（排上了）或 done（拆好了）'),
      entry: entryId.optional().describe('拆好以后是哪一篇，例如 breakdowns/influence'),
    })
    .refine(({ state, entry }) => (state === 'done') === (entry !== undefined), {
      error: 'state 写 done 的时候要写 entry，别的时候不写',
      path: ['state'],
    }),
);

export type Suggestion = z.output<typeof suggestionsSchema>[number];
