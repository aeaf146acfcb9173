import { bases, sampleSite } from './sample.ts';
import { build } from './site.ts';

/** Builds what many tests open, once. */
export default async function setup(): Promise<void> {
  for (const base of bases) await build(sampleSite(base));
}
