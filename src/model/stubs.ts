import { z } from 'astro/zod';
import { id, text } from './fields.ts';

/** The address of an entry without the outer slashes: `talks/x`. */
const place = z.string().regex(/^[a-z]+\/[a-z0-9-]+$/);

/**
 * Data about things that a content folder refers to but doesn't contain. Written next to the part of a content folder
 * that is extracted for one audience. The content folders that people edit have no such file.
 */
export const stubsSchema = z.strictObject({
  /** Names by id. A person's id is the name of a file, which need not be one for an address. */
  people: z.record(z.string(), text(40)),
  /** Names by id. */
  topics: z.record(id, text(40)),
  /** Titles by id. */
  series: z.record(id, text(80)),
  /** Addresses that links lead to, by target; an empty string if the target isn't published yet. */
  links: z.record(z.string(), z.string().regex(/^(?:\/[a-z]+\/[a-z0-9-]+\/(?:#[\w%=.~-]+)?)?$/)),
  /**
   * What people who aren't members see on the doors of entries with `teaser: true`. The cover is a file in the folder.
   */
  teasers: z.record(
    place,
    z.strictObject({ title: text(80), summary: text(200).optional(), cover: z.string().optional() }),
  ),
  /** Names of the tiers that may read the part below `<Members />` that was cut off, by entry id. */
  tiers: z.record(z.string(), text(40)),
});

export type Stubs = z.output<typeof stubsSchema>;

export const noStubs: Stubs = { people: {}, topics: {}, series: {}, links: {}, teasers: {}, tiers: {} };
