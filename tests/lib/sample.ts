import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Content } from '../../src/markdown/content.ts';
import { loadContent } from '../../src/markdown/load.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { servePlain, type PlainHost } from './plain-host.ts';
import { testSite, writeFiles, type TestSite } from './site.ts';

/** The members of the sample sites: one of each state. */
const members = `# who opens the sample site
- id: anna
- id: ben
- id: carl
  removed: 2026-11-01
- id: dora
  expires: 2026-10-31
`;

export const bases = ['', '/repo'] as const;
export type Base = (typeof bases)[number];

/**
 * Returns the folder where the project's own content is built for the end-to-end tests, at the root of a host or below
 * a path.
 */
export function sampleFolder(base: Base): string {
  return join(projectRoot, '.work', 'tests', sampleName(base));
}

/** Prepares a sample site for building. What its build seals is recorded, see {@link recordingSeals}. */
export function sampleSite(base: Base): TestSite {
  const site = testSite(sampleName(base), {
    ...recordingSeals(sampleFolder(base)),
    ...(base && { KB_SITE: `https://kb.example${base}/` }),
  });
  writeFiles(site.folder, { 'members.yaml': members });
  return site;
}

/** Returns the environment of a build that records what its AES-GCM encrypts, into `seals` below `folder`. */
export function recordingSeals(folder: string): Record<string, string> {
  const recorder = join(import.meta.dirname, 'record-seals.ts');
  return {
    NODE_OPTIONS: `--import ${pathToFileURL(recorder).href}`,
    RECORD_SEALS: join(folder, 'seals'),
  };
}

/** Serves a sample site, see {@link servePlain}. */
export async function serveSample(base: Base): Promise<PlainHost> {
  return servePlain(join(sampleFolder(base), 'dist'), base);
}

/** Loads the project's own content, as the sample sites show it to members. */
export function sampleContent(base: Base): Promise<Content> {
  return loadContent({
    root: join(projectRoot, 'content'),
    cache: join(projectRoot, '.work', 'cache', 'content'),
    date: '2026-11-22',
    drafts: false,
    base,
  });
}

function sampleName(base: Base): string {
  return `sample${base.replace('/', '-')}`;
}
