import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, testSite, withContent, writeFiles, type TestSite } from './site.ts';

/** A site that is built twice and can be served in either version. */
export interface TwoBuilds {
  /** The folder that is served. */
  live: string;
  publish: (version: 'before' | 'after') => void;
}

/**
 * Builds a site from `content`, and once more after the changes.
 *
 * @param members - members.yaml of the first build
 * @param changes - files below the site's folder that are rewritten before the second build
 */
export async function buildTwice(
  name: string,
  content: Record<string, string>,
  members: string,
  changes: Record<string, string>,
): Promise<TwoBuilds> {
  const site = withContent(testSite(name), content);
  writeFiles(site.folder, { 'members.yaml': members });
  await buildAs(site, 1, 'before');
  writeFiles(site.folder, changes);
  await buildAs(site, 2, 'after');
  const live = join(site.folder, 'live');
  return {
    live,
    publish: (version) => {
      rmSync(live, { recursive: true, force: true });
      cpSync(join(site.folder, version), live, { recursive: true });
    },
  };
}

async function buildAs(site: TestSite, number: number, version: string): Promise<void> {
  await build({ ...site, env: { ...site.env, KB_NUMBER: String(number) } });
  cpSync(site.out, join(site.folder, version), { recursive: true });
}
