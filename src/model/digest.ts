import { z } from 'astro/zod';
import { base, seriesIsNumbered, seriesNeedsNumber, week } from './fields.ts';

/** 群精华: what mattered in a week of chat. */
export const digestSchema = z
  .strictObject({
    ...base,
    week: week.describe('哪一周，写成 2026-W47'),
  })
  .refine(seriesIsNumbered, seriesNeedsNumber);

export type Digest = z.output<typeof digestSchema>;
