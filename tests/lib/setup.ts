import { bases, sampleSite } from './sample.ts';
import { build } from './site.ts';

/** Builds what many tests open, once. */
export default async function setup(): Promise<void> {
  await Promise.all(bases.map((base) => build(sampleSite(base))));
}
