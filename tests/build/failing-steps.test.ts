import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareSite } from '../../scripts/build.ts';
import { isRunning } from '../../scripts/lib/lock.ts';
import { readSettings } from '../../scripts/lib/settings.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderAll } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { testSite, withContent } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';

// The lock of the work folder is released when a step fails, so the next build may already write there.

test('when the check fails, the bundling of the theme does not go on', async () => {
  const site = withContent(testSite('failing-check'), { 'notes/a.mdx': noteOf({ body: '<Nothing />' }) });
  const settings = { ...readSettings(site.env), cache: join(site.folder, 'cache') };
  await expect(prepareSite(settings)).rejects.toThrow('notes/a.mdx:5');
  expect(readdirSync(join(settings.cache, 'themes'))).toHaveLength(1);
});

test('when the pages of one audience fail, no run of another goes on', async () => {
  const site = withContent(testSite('failing-render'), { 'notes/a.mdx': noteOf() });
  const settings = readSettings(site.env);
  const sources = await layOutSources(settings, await checkContent(settings));
  const started = join(site.folder, 'started');
  const entry = join(site.folder, 'entry.mjs');
  // The members' run says who it is and doesn't end for a minute. The public one fails as soon as it has.
  writeFileSync(
    entry,
    `import { existsSync, renameSync, writeFileSync } from 'node:fs';
    const started = ${JSON.stringify(started)};
    export const answer = () => '';
    export const listAddresses = () => ['/'];
    export const renderPage = () => new Promise((_, reject) => {
      if (process.env.KB_AUDIENCE === 'members') {
        writeFileSync(started + '.new', String(process.pid));
        renameSync(started + '.new', started);
        setTimeout(() => process.exit(1), 60_000);
      }
      setInterval(() => {
        if (process.env.KB_AUDIENCE === 'public' && existsSync(started)) reject(new Error('no such page'));
      }, 20);
    });`,
  );
  const theme = { files: '', entry, worker: '', digest: 'failing' };
  await expect(renderAll(settings, theme, sources)).rejects.toThrow(
    /no such page.*render: failed on the pages for "public"/s,
  );
  expect(isRunning(Number(readFileSync(started, 'utf8')))).toBe(false);
});
