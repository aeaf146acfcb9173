import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadContent } from '../../src/markdown/load.ts';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { renameTopic } from './rename.ts';
import { reviewTopics } from './review.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const list = `# the map
growth:
  name: 增长 # not only new ones
  definition: 让更多人用。
data:
  name: 数据
  definition: 看数字。
  aliases: [指标]
`;
const note = (topics: string, body = '正文。') =>
  `---\ntitle: 增长 growth\ndate: 2026-11-01\ntopics: ${topics}\n---\n\n${body}\n`;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const load = () =>
  loadContent({ root: folder, cache: join(folder, '.cache'), date: '2026-11-22', drafts: false, base: '' });

describe('renaming a topic', () => {
  const files = {
    'topics.yaml': list,
    'notes/a.mdx': note('[data, growth]', '见[增长](/topics/growth/)，growth 这个词不动。'),
    'notes/b/index.mdx': note("\n  - 'growth'").replaceAll('\n', '\r\n'),
    'notes/c.mdx': note('[growth-hacking, data]'),
    'notes/draft.mdx': note('growth\ndraft: true'),
  };

  test('rewrites the list, front matter and links, and nothing else', async () => {
    writeFiles(folder, files);
    expect(renameTopic(folder, 'growth', 'acquisition')).toEqual([
      'notes/a.mdx',
      'notes/b/index.mdx',
      'notes/draft.mdx',
    ]);
    expect(read('topics.yaml')).toBe(
      list
        .replace('growth:', 'acquisition:')
        .replace('让更多人用。\n', '让更多人用。\n  formerly: [growth]\n'),
    );
    expect(read('notes/a.mdx')).toBe(
      note('[data, acquisition]', '见[增长](/topics/acquisition/)，growth 这个词不动。'),
    );
    expect(read('notes/b/index.mdx')).toBe(note("\n  - 'acquisition'").replaceAll('\n', '\r\n'));
    expect(read('notes/c.mdx')).toBe(files['notes/c.mdx']);
    expect((await load()).topics.get('acquisition')?.formerly).toEqual(['growth']);
  });

  test('keeps byte order marks and Windows line endings', () => {
    const ofWindows = (text: string) => text.replaceAll('\n', '\r\n');
    writeFiles(folder, { 'topics.yaml': ofWindows(list), 'notes/a.mdx': `\ufeff${note('[growth]')}` });
    expect(renameTopic(folder, 'growth', 'acquisition')).toEqual(['notes/a.mdx']);
    expect(read('notes/a.mdx')).toBe(`\ufeff${note('[acquisition]')}`);
    expect(read('topics.yaml')).toMatch(/^(?:[^\n]*\r\n)+$/);
  });

  test('leaves a file unchanged that is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(note('[growth]')), Buffer.of(0xd6, 0xd0)]);
    writeFiles(folder, files);
    writeFileSync(join(folder, 'notes/c.mdx'), bytes);
    renameTopic(folder, 'growth', 'acquisition');
    expect(readFileSync(join(folder, 'notes/c.mdx'))).toEqual(bytes);
  });

  test('finishes a rename that was interrupted', () => {
    writeFiles(folder, files);
    renameTopic(folder, 'growth', 'acquisition');
    writeFiles(folder, { 'notes/a.mdx': files['notes/a.mdx'] });
    expect(renameTopic(folder, 'growth', 'acquisition')).toEqual(['notes/a.mdx']);
  });

  test('can be undone, without a topic that is its own former name', async () => {
    writeFiles(folder, files);
    renameTopic(folder, 'growth', 'acquisition');
    renameTopic(folder, 'acquisition', 'growth');
    expect((await load()).topics.get('growth')?.formerly).toEqual(['acquisition']);
  });

  test('refuses a former name of another topic', () => {
    writeFiles(folder, files);
    renameTopic(folder, 'growth', 'acquisition');
    const renamed = read('topics.yaml');
    expect(() => renameTopic(folder, 'data', 'growth')).toThrow(/"growth" is a former id of "acquisition"/);
    expect(read('topics.yaml')).toBe(renamed);
  });

  test.each([
    ['nothing', 'x', /no topic "nothing"; expected one of growth, data/],
    ['growth', 'data', /there already is a topic "data"/],
    ['growth', 'Größe', /not a valid id/],
  ])('refuses %s → %s and changes nothing', (from, to, message) => {
    writeFiles(folder, files);
    expect(() => renameTopic(folder, from, to)).toThrow(message);
    for (const [path, text] of Object.entries(files)) expect(read(path)).toBe(text);
  });
});

test('the review reports empty topics, ambiguous names and pieces without a topic', async () => {
  writeFiles(folder, {
    'topics.yaml': `${list}metrics:\n  name: 指标\n  definition: 一样。\n`,
    'notes/a.mdx': note('[growth]'),
    'notes/b.mdx': note('[growth]'),
    'notes/c.mdx': note('[]'),
  });
  expect(reviewTopics(await load())).toEqual([
    'data (数据) has 0 pieces',
    '“指标” is a name of both data and metrics',
    'metrics (指标) has 0 pieces',
    `${join(folder, 'notes/c.mdx')} has no topic`,
  ]);
});
