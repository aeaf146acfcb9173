import { bases, sampleSite } from './sample.ts';
import { build } from './site.ts';

/** Builds the sample sites once for all tests. */
export default async function setup(): Promise<void> {
  await Promise.all(bases.map((base) => build(sampleSite(base))));
}
