import { z } from 'astro/zod';
import { base, date, seriesIsNumbered, seriesNeedsNumber } from './fields.ts';
import { NOTE_KINDS } from './lists.ts';

/** 日常加餐: short, by one person. The only form for which a title and a date are enough. */
export const noteSchema = z
  .strictObject({
    ...base,
    kind: z
      .enum(NOTE_KINDS)
      .default('extra')
      .describe(
        '哪一种：extra（经验，默认）、reading（读书）、tool（工具）、interview（面试）、file（资料）',
      ),
    expires: date
      .optional()
      .describe('有效的最后一天，写成 2026-12-31，例如名额、优惠、招聘的截止；过了这天检查会提醒'),
  })
  .refine(seriesIsNumbered, seriesNeedsNumber);

export type Note = z.output<typeof noteSchema>;
