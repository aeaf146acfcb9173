import { z } from 'astro/zod';
import { id, name, text } from './fields.ts';

/** `series.yaml`: the series, by id. */
export const seriesSchema = z.record(
  id,
  z.strictObject({
    title: name(80).describe('系列的名字'),
    summary: text(500).describe('这个系列讲什么，一两句话'),
  }),
);

export interface Series {
  id: string;
  title: string;
  /** Missing if the audience may only know the title. */
  summary?: string;
}
