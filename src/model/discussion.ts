import { z } from 'astro/zod';
import { base, reference, seriesIsNumbered, seriesNeedsNumber, text, week } from './fields.ts';

/** 周二话题: one question and everyone's answers. */
export const discussionSchema = z
  .strictObject({
    ...base,
    question: text(200).describe('这周讨论的问题，写成一句问话'),
    asked_by: reference.describe('谁提的问题，用 people 里的文件名'),
    week: week.describe('哪一周，写成 2026-W47'),
    background: text(500).optional().describe('为什么问这个问题，几句话'),
  })
  .refine(seriesIsNumbered, seriesNeedsNumber);

export type Discussion = z.output<typeof discussionSchema>;
