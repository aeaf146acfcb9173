import { z } from 'astro/zod';
import { id, text } from './fields.ts';

/**
 * `stubs.yaml`: what is named in a folder without lying in it. Written when the public part of a content folder is
 * taken out, never by people.
 */
export const stubsSchema = z.strictObject({
  people: z.record(id, text(40)).default({}).describe('人名，按文件名'),
  topics: z.record(id, text(40)).default({}).describe('话题名，按编号'),
  series: z.record(id, text(80)).default({}).describe('系列名，按编号'),
  links: z
    .record(z.string(), z.string().regex(/^(?:\/[a-z]+\/[a-z0-9-]+\/(?:#[\w%=.~-]+)?)?$/))
    .default({})
    .describe('链接通向的网址，按目标；空的表示还没有发布'),
});

export type Stubs = z.output<typeof stubsSchema>;
