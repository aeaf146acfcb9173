import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { readSettings } from '../../scripts/lib/settings.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderAll } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import { longDate } from '../../src/text/dates.ts';
import { initRepository } from '../lib/repository.ts';
import { build, testSite, withContent, writeFiles } from '../lib/site.ts';
import { tieredContent } from '../lib/tiers.ts';

/** Author and last day of each entry: every name and day is unique and appears in no entry. */
const written = {
  open: { by: '写公开的', on: '2026-11-11' },
  plain: { by: '写会员的', on: '2026-11-12' },
  half: { by: '写一半的', on: '2026-11-13' },
  higher: { by: '写深层的', on: '2026-11-14' },
};

test('author and date of a piece are shown to those who may read all of it, and never to strangers', async () => {
  const site = withContent(testSite('histories'), tieredContent);
  const content = join(site.folder, 'content');
  const { commit } = initRepository(content);
  commit('搬来的');
  for (const [name, { by, on }] of Object.entries(written)) {
    const path = `notes/${name}.mdx` as keyof typeof tieredContent;
    writeFiles(content, { [path]: `${tieredContent[path]}\n再补一段。\n` });
    commit(by, `${on}T10:00:00Z`);
  }
  const settings = readSettings(site.env);
  const [theme, sources] = await Promise.all([
    bundleTheme(settings),
    layOutSources(settings, await checkContent(settings)),
  ]);
  const told = (pages: string) => {
    const said = listFiles(pages)
      .filter((file) => file.endsWith('.html'))
      .map((file) => readFileSync(join(pages, file), 'utf8'))
      .join('\n');
    return Object.entries(written).flatMap(([name, { by, on }]) => [
      ...(said.includes(by) ? [`who wrote ${name}`] : []),
      ...(said.includes(longDate(on)) ? [`when ${name} changed`] : []),
    ]);
  };
  const rendered = await renderAll(settings, theme, sources);
  const all = (...names: string[]) => names.flatMap((name) => [`who wrote ${name}`, `when ${name} changed`]);
  expect(Object.fromEntries(rendered.map(({ audience, pages }) => [audience, told(pages)]))).toEqual({
    public: [],
    // One file contains both halves, and its history doesn't tell which half was changed.
    members: all('open', 'plain'),
    patrons: all('open', 'plain', 'half', 'higher'),
  });
});

test('an author’s name from git does not stop the build, even if their page is a draft or for a higher tier', async () => {
  const person = (name: string, more: string) =>
    `---\nname: ${name}\nrole: 成员\njoined: 2025-03-01\n${more}---\n\n写过几篇。\n`;
  const [long, higher] = ['Alexandra Constantinescu-Bernadotte', '司马相如与诸葛孔明'];
  const site = withContent(testSite('histories-people'), {
    ...tieredContent,
    'people/long.mdx': person(long, 'draft: true\n'),
    'people/higher.mdx': person(higher, 'tier: patrons\n'),
  });
  const content = join(site.folder, 'content');
  const { commit } = initRepository(content);
  commit('搬来的');
  for (const by of [long, higher]) {
    const path = 'notes/plain.mdx';
    writeFiles(content, { [path]: `${readFileSync(join(content, path), 'utf8')}\n${by.length}。\n` });
    commit(by);
  }
  await build(site);
});
