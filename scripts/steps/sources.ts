import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../src/markdown/content.ts';
import { project } from '../../src/markdown/projection.ts';
import { tiersOf, type Audience } from '../../src/model/audience.ts';
import type { Settings } from '../lib/settings.ts';
import { checkContent } from './check.ts';

/** Everything that an audience may read, and nothing else. */
export interface Sources {
  audience: Audience;
  folder: string;
  content: Content;
}

/**
 * Lays out a content folder for each audience, the public first. The highest tier reads everything, so it gets the
 * content folder itself.
 *
 * @param whole - the content of the whole folder
 */
export async function layOutSources(settings: Settings, whole: Content): Promise<Sources[]> {
  const sources = join(settings.work, 'sources');
  rmSync(sources, { recursive: true, force: true });
  const audiences = ['public', ...tiersOf(whole.tiers)];
  const highest = audiences.pop()!;
  const laidOut: Sources[] = [];
  for (const audience of audiences) {
    const { folder, stubs } = project(audience, whole, settings.content, join(sources, audience));
    const content = await checkContent({ ...settings, content: folder }, stubs);
    laidOut.push({ audience, folder, content });
  }
  return [...laidOut, { audience: highest, folder: settings.content, content: whole }];
}
