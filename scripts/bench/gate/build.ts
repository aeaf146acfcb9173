import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildSite } from '../../build.ts';
import { listFiles } from '../../lib/folder.ts';
import { projectRoot } from '../../lib/settings.ts';
import type { Section } from '../corpus.ts';
import { layOut } from '../site.ts';

/** As many entries as a community has after three years of edited talk. */
const entryCount = 1_919;
const paragraphsEach = 8;

/** Measures the seconds of each step of a clean build, and their ratio to rendering. */
export async function benchBuild(folder: string): Promise<Record<string, Record<string, string>>> {
  performance.clearMeasures();
  await buildSite(layOut(folder, sections()));
  const steps = performance.getEntriesByType('measure');
  // Bundling the theme is a part of rendering.
  const rendering = steps
    .filter(({ name }) => ['theme', 'render'].includes(name))
    .reduce((sum, { duration }) => sum + duration, 0);
  return Object.fromEntries(
    steps.map(({ name, duration }) => [
      name,
      { seconds: (duration / 1000).toFixed(1), 'ratio to rendering': (duration / rendering).toFixed(2) },
    ]),
  );
}

/** Makes sections from paragraphs of the project's own content, in a different order each. */
function sections(): Section[] {
  const content = join(projectRoot, 'content');
  const paragraphs = listFiles(content)
    .filter((file) => file.endsWith('.mdx'))
    .flatMap((file) => readFileSync(join(content, file), 'utf8').split(/\n{2,}/))
    .filter((text) => /^\p{Script=Han}/u.test(text));
  return Array.from({ length: entryCount }, (_, i) => ({
    id: `entry-${i}`,
    title: `第 ${i + 1} 则`,
    markdown: Array.from(
      { length: paragraphsEach },
      (__, j) => paragraphs[(i * 7 + j * (1 + (i % 13))) % paragraphs.length]!,
    ).join('\n\n'),
  }));
}
