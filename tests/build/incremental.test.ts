import {
  appendFileSync,
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../scripts/build.ts';
import { projectRoot, readSettings, type Settings } from '../../scripts/lib/settings.ts';
import { readRecord } from '../../scripts/render/record.ts';
import { checkContent } from '../../scripts/steps/check.ts';
import { renderPages } from '../../scripts/steps/render.ts';
import { layOutSources } from '../../scripts/steps/sources.ts';
import { bundleTheme } from '../../scripts/steps/theme.ts';
import { snapshot } from '../lib/folder.ts';
import { initRepository } from '../lib/repository.ts';
import { seeded } from '../lib/random.ts';
import { testSite, writeFiles } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';

// A build only makes what has changed: pages (src/library/reads.ts), texts of the index, sealed files; and the audit
// only opens what it hasn't opened before. After any edit, the site equals that of a build from scratch.

const site = testSite('incremental');
const content = join(site.folder, 'content');
cpSync(join(projectRoot, 'content'), content, { recursive: true });
writeFileSync(site.members, '- id: anna\n- id: ben\n');
const random = seeded(20261126);
const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;

const entries = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx'))
  .sort();
const pictures = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.png'))
  .sort();
const rewrite = (file: string, change: (text: string) => string) =>
  writeFileSync(join(content, file), change(readFileSync(join(content, file), 'utf8')));

/** Gives a field of an entry's front matter a new value. */
const setField = (file: string, field: string, value: string) => {
  const line = `${field}: ${value}\n`;
  const old = new RegExp(`^${field}: .*\n`, 'm');
  rewrite(file, (text) => (old.test(text) ? text.replace(old, line) : text.replace('---\n', `---\n${line}`)));
  return `${file}: ${line.trim()}`;
};
/** Fields of an entry that decide where it is shown. */
const fields = {
  summary: '一句话说完。',
  date: '2026-01-07',
  access: 'public',
  topics: '[retention, data]',
  aliases: '[was-here]',
  draft: 'true',
  teaser: 'true',
  featured: 'true',
};

/** Notes and members that a later edit removes. */
const added: string[] = [];
const joined = ['ben'];
let today = 20261122;

/** Edits of a week; each returns a description of itself. */
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
  ...Object.entries(fields).map(([field, value]) => () => {
    const file = pick(entries.filter((one) => !one.startsWith('people/')));
    return setField(file, field, value);
  }),
  () => {
    const [from, to] = [pick(entries), pick(entries)];
    const link = relative(dirname(from), to).replaceAll('\\', '/');
    rewrite(from, (text) => `${text}\n再看[这一篇](${link.startsWith('.') ? link : `./${link}`})。\n`);
    return `a link from ${from} to ${to}`;
  },
  () => {
    const one = pick(pictures);
    const other = pick(pictures.filter((file) => file !== one));
    copyFileSync(join(projectRoot, 'content', other), join(content, one));
    return `${other} in place of ${one}`;
  },
  () => {
    const [file, key] = pick([
      ['series.yaml', 'title'],
      ['start.yaml', 'why'],
      ['suggestions.yaml', 'why'],
    ] as const);
    rewrite(file, (text) => text.replace(new RegExp(`${key}: .*`), `${key}: 换了说法 ${random(1000)}`));
    return `another ${key} in ${file}`;
  },
  () => {
    const words = `- [甲词 ${random(1000)}, 乙词 ${random(1000)}]`;
    rewrite('synonyms.yaml', (text) => `${text}${words}\n`);
    return `the synonyms ${words}`;
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
    joined.push(`joined-${joined.length}`);
    appendFileSync(site.members, `- id: ${joined.at(-1)}\n`);
    return `a member more, ${joined.at(-1)}`;
  },
  () => {
    const id = joined.pop();
    if (id) {
      const members = readFileSync(site.members, 'utf8');
      const gone = `- id: ${id}\n  removed: ${dateOf(today)}\n`;
      writeFileSync(site.members, members.replace(`- id: ${id}\n`, gone));
    }
    return `${id ?? 'nobody'} is removed`;
  },
  () => {
    today += 1 + random(3);
    return `the day is ${today}`;
  },
];

const dateOf = (day: number) => String(day).replace(/(....)(..)(..)/, '$1-$2-$3');

/** Settings of two sites with the same content, secret and members, which share nothing else. */
const settingsOf = (name: string): Settings => ({
  ...readSettings({ ...site.env, KB_CONTENT: content, KB_OUT: join(site.folder, name, 'dist') }),
  date: dateOf(today),
  number: 1,
  work: join(site.folder, name, 'work'),
});

async function render(settings: Settings, parts = 1): Promise<string[]> {
  const sources = await layOutSources(settings, await checkContent(settings));
  const theme = await bundleTheme(settings);
  return Promise.all(sources.map((source) => renderPages(settings, theme, source, { parts })));
}

/** Each of the edits once, in random order, a few at a time. */
const rounds: (typeof edits)[] = [];
for (const left = [...edits]; left.length > 0;) {
  const count = Math.min(left.length, 1 + random(3));
  rounds.push(Array.from({ length: count }, () => left.splice(random(left.length), 1)[0]!));
}

// Each round continues where the one before ended.
describe('a build that reuses an earlier one equals a build from scratch, whatever was edited', () => {
  const kept = () => settingsOf('kept');
  beforeAll(() => buildSite(kept()));

  test.each([...rounds.entries()])('round %i', async (_, round) => {
    const done = round.map((edit) => edit()).join('; ');
    await buildSite(kept());
    rmSync(join(site.folder, 'anew'), { recursive: true, force: true });
    await buildSite(settingsOf('anew'));
    expect(snapshot(kept().out), done).toEqual(snapshot(settingsOf('anew').out));
  });
});

test('the number of processes does not change the pages', async () => {
  const { work } = settingsOf('kept');
  pick(edits)();
  const kept = await render(settingsOf('kept'), 2);
  // The search index numbers pages in this order.
  const addresses = () => kept.map((folder) => [...readRecord(folder)!.pages.keys()]);
  const [pages, order] = [kept.map(snapshot), addresses()];
  rmSync(work, { recursive: true });
  expect(await render(settingsOf('kept'), 3)).toEqual(kept);
  expect(kept.map(snapshot)).toEqual(pages);
  expect(addresses()).toEqual(order);
});

test('another paragraph does not rewrite the pages that show nothing of it', async () => {
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

test('no process is started when no page could have changed', async () => {
  await render(settingsOf('kept'));
  const settings = settingsOf('kept');
  const sources = await layOutSources(settings, await checkContent(settings));
  const theme = await bundleTheme(settings);
  // With this entry point, no process can start.
  const asked = (changed: Partial<Settings> = {}) =>
    Promise.all(
      sources.map((source) =>
        renderPages(
          { ...settings, ...changed },
          { ...theme, entry: join(site.folder, 'nothing.mjs') },
          source,
        ),
      ),
    );
  const [, members = ''] = await asked();

  await expect(asked({ date: '2027-11-22' })).rejects.toThrow('nothing.mjs');

  const repository = join(site.folder, 'repository');
  writeFiles(repository, { 'notes/renewal-call.mdx': '' });
  initRepository(repository).commit();
  await expect(asked({ history: { folder: repository, revision: 'HEAD' } })).rejects.toThrow('nothing.mjs');

  appendFileSync(join(members, 'index.html'), 'touched');
  await expect(asked()).rejects.toThrow('nothing.mjs');
  // A failed run leaves nothing behind that later runs would trust.
  await render(settings);
  expect(readFileSync(join(members, 'index.html'), 'utf8')).not.toContain('touched');
});
