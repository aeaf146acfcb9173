import { z } from 'astro/zod';
import { id, text } from './fields.ts';

/** The address of an entry without its slashes at both ends: `talks/x`. */
const place = z.string().regex(/^[a-z]+\/[a-z0-9-]+$/);

/**
 * What is named in a folder without lying in it. Written when the part of a content folder that an audience may read is
 * taken out, beside that part; in a content folder itself, where people write, there is no such file.
 */
export const stubsSchema = z.strictObject({
  /** Names by id. */
  people: z.record(id, text(40)),
  topics: z.record(id, text(40)),
  series: z.record(id, text(80)),
  /** Where links lead, by target; empty where nothing is published yet. */
  links: z.record(z.string(), z.string().regex(/^(?:\/[a-z]+\/[a-z0-9-]+\/(?:#[\w%=.~-]+)?)?$/)),
  /** What strangers see on the doors of entries with `teaser: true`; the cover is a file of the folder. */
  teasers: z.record(
    place,
    z.strictObject({ title: text(80), summary: text(200).optional(), cover: z.string().optional() }),
  ),
  /** By entry id, what the tier is called whose part was cut off below `<Members />`. */
  tiers: z.record(z.string(), text(40)),
});

export type Stubs = z.output<typeof stubsSchema>;

export const noStubs: Stubs = { people: {}, topics: {}, series: {}, links: {}, teasers: {}, tiers: {} };
