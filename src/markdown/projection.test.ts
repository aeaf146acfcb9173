import { readdirSync, readFileSync, existsSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { project as projectFor } from './projection.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder, type TinyFolder } from './testing.ts';

const person = (name: string, more = '') =>
  `---\nname: ${name}\nrole: 运营\njoined: 2026-01-01\n${more}---\n介绍 ${name}。\n`;
const png = sharp({ create: { width: 600, height: 300, channels: 3, background: '#c33' } })
  .png()
  .toBuffer();

async function project(folder: TinyFolder) {
  const target = join(folder.around, 'public');
  const projected = projectFor('public', await folder.load(), folder.root, target);
  const files = readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(target.length + 1))
    .sort();
  const content = await folder.load({ root: projected.folder, stubs: projected.stubs });
  return { target, files, content, text: (path: string) => readFileSync(join(target, path), 'utf8') };
}

async function example() {
  return tinyFolder({
    'topics.yaml':
      'retention: { name: 留存, definition: 机密定义 }\nevents: { name: 活动, definition: 机密 }\n',
    'series.yaml': 's: { title: 系列, summary: 机密简介 }\n',
    'start.yaml': 'picks:\n  - { entry: notes/open, why: 机密理由 }\n',
    'synonyms.yaml': '- [机密, 秘密]\n',
    'people/linxia.mdx': person('林夏', 'access: public\n'),
    'people/suwan.mdx': person('苏晚'),
    'people/nobody.mdx': person('无人'),
    'notes/open/index.mdx': noteOf({
      more: 'access: public\npeople: { host: linxia }\nseries: s\nnumber: 1\n',
      body: '<Quote who="suwan">字</Quote>\n\n[a](../sealed.mdx#机密小节) [b](/notes/sealed/) [c](../draft.mdx) [d](../../people/linxia.mdx) [e](../cut/index.mdx#下面) [f](/topics/retention/)\n\n![图](./open.png)',
    }),
    'notes/open/open.png': await png,
    'notes/open/unused.png': await png,
    'notes/cut/index.mdx': noteOf({
      body: '## 上面\n\n公开。[g](#下面)\n\n![图](./above.png)\n\n<Members />\n\n## 下面\n\n机密。\n\n![图](./below.png)',
    }),
    'notes/cut/above.png': await png,
    'notes/cut/below.png': await png,
    'notes/sealed.mdx': noteOf({ body: '## 机密小节\n\n机密。' }),
    'notes/draft.mdx': noteOf({ more: 'draft: true\n', body: '机密。' }),
    'talks/cut/index.mdx':
      '---\ntitle: 一讲\ndate: 2026-01-01\nspeakers: [suwan]\naudio: ./a.mp3\nduration: 10:00\nchapters:\n  - { t: 0:00, title: 机密章节 }\n---\n公开。\n\n<Members />\n\n<Line who="suwan" t="0:01">机密。</Line>\n',
    'talks/cut/a.mp3': Buffer.from([0xff, 0xfb, 0x90, 0xc4, 0]),
  });
}

test('the public folder holds only what is public', async () => {
  const { files, target, text } = await project(await example());
  expect(files).toEqual([
    'content/notes/cut/above.png',
    'content/notes/cut/index.mdx',
    'content/notes/open/index.mdx',
    'content/notes/open/open.png',
    'content/people/linxia.mdx',
    'content/talks/cut/index.mdx',
    'stubs.json',
  ]);
  for (const file of files)
    expect(readFileSync(join(target, file), 'utf8').replaceAll('机密小节', '')).not.toContain('机密');
  expect(text('stubs.json')).not.toMatch(/无人|活动/);
});

test('the public folder loads without an error, and its pages link to the same addresses as the members’ pages', async () => {
  const { content } = await project(await example());
  const errors = content.findings.filter(({ level }) => level === 'error');
  expect(rulesOf({ ...content, findings: errors })).toEqual([]);
  expect(
    content.entries.map(
      ({ id, access, publicHtml }) => `${id} ${access} ${publicHtml === undefined ? 'whole' : 'cut'}`,
    ),
  ).toEqual([
    'notes/cut public cut',
    'notes/open public whole',
    'people/linxia public whole',
    'talks/cut public cut',
  ]);
  const open = content.entries.find(({ id }) => id === 'notes/open')!;
  expect(
    [...open.html.matchAll(/<a( href="[^"]*")?>(\w)<\/a>/g)].map(([, href = '', name]) => `${name!}${href}`),
  ).toEqual([
    expect.stringMatching(/^a href="\/notes\/sealed\/#s-[0-9a-f]{8}"$/),
    'b href="/notes/sealed/"',
    'c',
    'd href="/people/linxia/"',
    expect.stringMatching(/^e href="\/notes\/cut\/#s-[0-9a-f]{8}"$/),
    'f href="/topics/retention/"',
  ]);
  expect(open.html).toContain('<span class="person">苏晚</span>');
  expect(content.topics.get('retention')).toEqual({
    id: 'retention',
    name: '留存',
    aliases: [],
    formerly: [],
  });
  expect(content.series.get('s')).toEqual({ id: 's', title: '系列' });
  expect(content.entries.find(({ id }) => id === 'talks/cut')).not.toHaveProperty('audio');
});

test('a teardown may have the line between its steps', async () => {
  const steps = ['Background', 'Goal', 'Insight', 'Mechanism', 'Logic', 'Copy', 'Avoid'];
  const [first, ...others] = steps.map((name) => `<${name}>\n字\n</${name}>\n`);
  const { content } = await project(
    tinyFolder({
      'teardowns/cut.mdx': noteOf({
        more: 'case: { name: 案, channel: offline, period: 今年 }\n',
        body: [first, '<Members />\n', ...others].join('\n'),
      }),
    }),
  );
  expect(rulesOf(content)).toEqual([]);
  const shown = content.entries.flatMap(({ parts }) => parts.map(({ component }) => component));
  expect(shown.filter((component) => component !== 'prose')).toEqual(['Background']);
});

test('a person whose file has a Chinese name is named in public pieces too', async () => {
  const { content } = await project(
    tinyFolder({
      'people/苏晚.mdx': person('苏晚', 'slug: 2026-01-01-a1b2\n'),
      'notes/open.mdx': noteOf({
        more: 'access: public\npeople: { host: 苏晚 }\n',
        body: '<Quote who="苏晚">字</Quote>',
      }),
    }),
  );
  expect(rulesOf(content)).toEqual([]);
  expect(content.entries[0]!.html).toContain('<span class="person">苏晚</span>');
});

test('the part above the members line is the same as in the members’ folder', async () => {
  const folder = await example();
  const { content } = await project(folder);
  const whole = await folder.load();
  for (const id of ['notes/cut', 'talks/cut']) {
    const [cut, full] = [content, whole].map(({ entries }) => entries.find((entry) => entry.id === id)!);
    expect(cut!.html.replaceAll(`/${id}/#`, '#')).toBe(full!.publicHtml!.replaceAll(`/${id}/#`, '#'));
    expect(cut!.html).toBe(cut!.publicHtml);
  }
});

test('writing the public folder removes what was there before', async () => {
  const folder = await example();
  const target = join(folder.around, 'public');
  const old = join(target, 'content/notes/old.mdx');
  mkdirSync(join(target, 'content/notes'), { recursive: true });
  writeFileSync(old, noteOf());
  projectFor('public', await folder.load(), folder.root, target);
  expect(existsSync(old)).toBe(false);
});

test('a folder with nothing public gives a public folder without entries', async () => {
  const { files, content } = await project(tinyFolder({ 'notes/a.mdx': noteOf({ body: '机密' }) }));
  expect(files).toEqual(['stubs.json']);
  expect(content).toMatchObject({ entries: [], findings: [] });
});

describe('an entry with a teaser', () => {
  const breakdown = (more: string) =>
    `---\ntitle: 拆一本书\ndate: 2026-01-01\nsummary: 一句摘要\nslug: k3vq\ntopics: [events]\npeople: { author: suwan }\nwork: { kind: book, title: 机密书名, authors: [机密作者], publisher: 机密社, year: 2020, cover: ./cover.png }\nfor: 机密的人\n${more}---\n## 机密小节\n\n机密。\n\n![机密图](./below.png)\n`;
  const teased = async (more: string, others = {}) =>
    tinyFolder({
      'topics.yaml': 'events: { name: 机密话题, definition: 机密 }\n',
      'people/suwan.mdx': person('苏晚'),
      'breakdowns/x/index.mdx': breakdown(more),
      'breakdowns/x/cover.png': await png,
      'breakdowns/x/below.png': await sharp(await png)
        .negate()
        .toBuffer(),
      ...others,
    });

  test('shows the public its title, summary and cover, and nothing else', async () => {
    const { files, text, content } = await project(await teased('teaser: true\n'));
    expect(files).toEqual(['content/breakdowns/x/cover.png', 'stubs.json']);
    expect(text('stubs.json')).not.toMatch(/机密|苏晚/);
    expect(content).toMatchObject({
      entries: [],
      findings: [],
      teasers: [
        { form: 'breakdowns', slug: 'k3vq', title: '拆一本书', summary: '一句摘要', cover: { height: 300 } },
      ],
    });
    expect(new Set(content.media.flatMap(({ entries }) => entries))).toEqual(new Set(['breakdowns/k3vq']));
  });

  test.each([
    ['teaser: false\n', {}],
    ['teaser: true\ndraft: true\n', {}],
  ])('shows the public nothing with %j', async (more) => {
    const { files, content } = await project(await teased(more));
    expect(files).toEqual(['stubs.json']);
    expect(content.teasers).toEqual([]);
  });

  test('is not in the folder of a lower tier', async () => {
    const folder = await teased('teaser: true\ntier: patrons\n', {
      'tiers.yaml': 'patrons: { name: 深度会员 }\n',
    });
    const { stubs } = projectFor('members', await folder.load(), folder.root, join(folder.around, 'm'));
    expect(readFileSync(stubs, 'utf8')).not.toContain('拆一本书');
  });
});

describe('the folder for a tier', () => {
  const tiers = 'patrons: { name: 深度会员 }\nboard: { name: 理事 }\n';
  const whole = () =>
    tinyFolder({
      'tiers.yaml': tiers,
      'topics.yaml':
        'retention: { name: 留存, definition: 定义, aliases: [复购] }\nevents: { name: 机密话题, definition: 机密 }\n',
      'series.yaml': 's: { title: 系列, summary: 简介 }\n',
      'start.yaml':
        'picks:\n  - { entry: notes/plain, why: 理由 }\n  - { entry: notes/higher, why: 机密理由 }\nwho:\n  - { person: guard, for: 问路 }\n',
      'suggestions.yaml':
        '- { title: 机密书, kind: book, why: 好, state: done, entry: notes/higher }\n- { title: 一本书, kind: book, why: 好, by: guard }\n- { title: 未完, kind: book, why: 好, state: done, entry: notes/draft }\n',
      'synonyms.yaml': '- [甲, 乙]\n',
      'people/guard.mdx': person('门卫', 'tier: patrons\n'),
      'notes/plain.mdx': noteOf({
        more: 'topics: [retention]\nseries: s\nnumber: 1\n',
        body: '<Quote who="guard">字</Quote>\n\n[a](/notes/higher/)',
      }),
      'notes/higher.mdx': noteOf({
        more: 'tier: patrons\ntopics: [events]\nseries: s\nnumber: 2\n',
        body: '机密。',
      }),
      'notes/cut.mdx': noteOf({ more: 'tier: board\n', body: '公开。\n\n<Members />\n\n机密。' }),
      'notes/draft.mdx': noteOf({ more: 'draft: true\n', body: '机密。' }),
    });

  async function projectTier(tier: string) {
    const folder = whole();
    const target = join(folder.around, tier);
    const { folder: root, stubs } = projectFor(tier, await folder.load(), folder.root, target);
    return { target, content: await folder.load({ root, stubs }) };
  }

  test('holds only what the tier may read, and loads without a finding', async () => {
    const { target, content } = await projectTier('members');
    expect(rulesOf(content)).toEqual([]);
    const written = readdirSync(target, { recursive: true, withFileTypes: true }).filter((item) =>
      item.isFile(),
    );
    for (const { parentPath, name } of written)
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('机密');
    expect(content.entries.map(({ id, access }) => `${id} ${access}`)).toEqual([
      'notes/cut public',
      'notes/plain members',
    ]);
    expect([...content.topics.values()]).toEqual([
      { id: 'retention', name: '留存', definition: '定义', aliases: ['复购'], formerly: [] },
    ]);
    expect(content.start.picks.map(({ entry }) => entry)).toEqual(['notes/plain']);
    expect(content.suggestions.map(({ title }) => title)).toEqual(['一本书', '未完']);
    expect(content.synonyms).toEqual([['甲', '乙']]);
    expect(content.tiers).toEqual([]);
    const plain = content.entries.find(({ id }) => id === 'notes/plain')!;
    expect(plain.html).toContain('<span class="person">门卫</span>');
    expect(plain.html).toContain('href="/notes/higher/"');
    expect(plain.links).toEqual([]);
    expect([...content.cutFor]).toEqual([['notes/cut', '理事']]);
  });

  test('holds more for a higher tier', async () => {
    const { content } = await projectTier('patrons');
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries.map(({ id, access }) => `${id} ${access}`)).toEqual([
      'notes/cut public',
      'notes/higher patrons',
      'notes/plain members',
      'people/guard patrons',
    ]);
    expect(content.tiers).toEqual([{ id: 'patrons', name: '深度会员' }]);
  });
});
