import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot, readSettings, type Settings } from '../../scripts/lib/settings.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderPages } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import { snapshot } from '../lib/folder.ts';
import { seeded } from '../lib/random.ts';
import { testSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';

// A build makes only the pages that would differ (src/reads.ts). Whatever is edited, they equal what a build makes that
// remembers nothing.

const site = testSite('incremental');
const content = join(site.folder, 'content');
cpSync(join(projectRoot, 'content'), content, { recursive: true });
const random = seeded(20261126);
const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;

const entries = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx'))
  .sort();
const rewrite = (file: string, change: (text: string) => string) =>
  writeFileSync(join(content, file), change(readFileSync(join(content, file), 'utf8')));

/** Notes that rounds before have added. */
const added: string[] = [];
let today = 20261122;

/** What a week may bring; each says what it did. */
const edits: (() => string)[] = [
  () => {
    const file = pick(entries);
    rewrite(file, (text) => `${text}\n补一段：第 ${random(1000)} 次。\n`);
    return `a paragraph more in ${file}`;
  },
  () => {
    const file = pick(entries.filter((one) => !one.startsWith('people/')));
    rewrite(file, (text) => text.replace(/^title: .*$/m, `title: 改过的题目 ${random(1000)}`));
    return `another title for ${file}`;
  },
  () => {
    const name = `added-${added.length}`;
    const access = pick(['public', 'members']);
    const topic = pick(['retention', 'content', 'data']);
    const more = `access: ${access}\ntopics: [${topic}]\naliases: [was-${name}]\npeople: { author: ${pick(['linxia', 'chenyi'])} }\nexpires: 2026-12-0${1 + random(9)}\n`;
    added.push(`notes/${name}.mdx`);
    writeFileSync(
      join(content, `notes/${name}.mdx`),
      noteOf({ title: `新的 ${name}`, more, body: `正文。看[数据](../discussions/community-metrics.mdx)。` }),
    );
    return `a new note, ${name} (${access})`;
  },
  () => {
    const file = added.pop();
    if (file) rmSync(join(content, file));
    return `without ${file ?? 'anything'}`;
  },
  () => {
    rewrite('topics.yaml', (text) => text.replace(/name: .*?([,}\n])/, `name: 话题 ${random(1000)}$1`));
    return 'another name for a topic';
  },
  () => {
    rewrite('people/linxia.mdx', (text) => text.replace(/^role: .*$/m, `role: 换了工作 ${random(1000)}`));
    return 'another role for a person';
  },
  () => {
    today += 1 + random(3);
    return `the day is ${today}`;
  },
];

const settingsOf = (work: string): Settings => ({
  ...readSettings({ ...site.env, KB_CONTENT: content }),
  date: String(today).replace(/(....)(..)(..)/, '$1-$2-$3'),
  work: join(site.folder, work),
});

async function render(settings: Settings, parts = 1): Promise<string[]> {
  const sources = await layOutSources(settings, await checkContent(settings));
  const theme = await bundleTheme(settings);
  return Promise.all(sources.map((source) => renderPages(settings, theme, source, { parts })));
}

test('what a build keeps equals what it would make anew, whatever was edited', async () => {
  await render(settingsOf('kept'));
  for (let round = 0; round < 6; round++) {
    const done = Array.from({ length: 1 + random(3) }, () => pick(edits)()).join('; ');
    const kept = await render(settingsOf('kept'), 1 + (round % 2));
    rmSync(join(site.folder, 'anew'), { recursive: true, force: true });
    const anew = await render(settingsOf('anew'));
    expect(kept.map(snapshot), `round ${round}: ${done}`).toEqual(anew.map(snapshot));
  }
});

test('a paragraph more leaves the pages alone that show nothing of it', async () => {
  const [, members = ''] = await render(settingsOf('kept'));
  const written = () =>
    Object.fromEntries(
      Object.keys(snapshot(members)).map((file) => [file, statSync(join(members, file)).mtimeMs]),
    );
  const before = written();
  rewrite('notes/renewal-call.mdx', (text) => `${text}\n补最后一段。\n`);
  await render(settingsOf('kept'));
  const after = written();
  const again = Object.keys(after).filter((file) => after[file] !== before[file]);
  expect(again).toContain('index.html');
  expect(again.length).toBeLessThan(Object.keys(after).length / 2);
  const other = Object.keys(after).filter(
    (file) => file.startsWith('people/') && file !== 'people/index.html',
  );
  expect(again.filter((file) => other.includes(file)).length).toBeLessThan(other.length);
});
