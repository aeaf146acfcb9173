import { describe, expect, test } from 'vitest';
import { processorTime } from '../../tests/lib/processor-time.ts';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import { rulesOf, tinyFolder } from './testing.ts';

describe('links', () => {
  test('between entries work by file and by address, with anchors', async () => {
    const { load } = tinyFolder({
      'notes/a.mdx': noteOf({
        body: '[b](./b.mdx) [c](../talks/c/index.mdx#开场) [d](/talks/cc/#t=5) [e](#自己) [f](/topics/retention/) [g](/search/?q=留存)\n\n## 自己',
      }),
      'notes/b.mdx': noteOf({ body: '[a](a.mdx)' }),
      'talks/c/index.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nspeakers: [linxia]\nslug: cc\n---\n## 开场\n\n[a](../../notes/a.mdx) [林夏](../../people/linxia.mdx)',
      'people/linxia.mdx': personOf('林夏', 'slug: xia\n'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来 }\n',
    });
    const content = await load({ base: '/repo' });
    expect(rulesOf(content)).toEqual([]);
    const [a, , c] = ['notes/a', 'notes/b', 'talks/c'].map((id) =>
      content.entries.find((entry) => entry.id === id)!,
    );
    const opening = c!.headings[0]!.id;
    expect([...a!.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      '/repo/notes/b/',
      `/repo/talks/cc/#${opening}`,
      '/repo/talks/cc/#t=5',
      `#${a!.headings[0]!.id}`,
      '/repo/topics/retention/',
      '/repo/search/?q=留存',
    ]);
    expect(a!.links).toEqual(['notes/b', 'talks/c']);
    expect(c!.mentions).toEqual(['linxia']);
    expect(c!.html).toContain('<a href="/repo/people/xia/">林夏</a>');
  });

  test.each([
    ['[x](../notes/none.mdx)', 'broken-link', '检查文件名和文件夹，例如 ../notes/foo.mdx'],
    ['[x](../notes/othr.mdx)', 'broken-link', '是不是 other.mdx？'],
    ['[x](./other)', 'broken-link', '是不是 other.mdx？'],
    ['[x](../talks/other.mdx)', 'broken-link', '是不是 other.mdx？'],
    ['[x](../talks/other/index.mdx#a/b)', 'broken-link', '是不是 other.mdx？'],
    ['[x](other.mdx#没有)', 'broken-anchor', '写成 # 加小标题，例如 #小标题'],
    ['[x](#没有)', 'broken-anchor', '去掉 # 和后面的字'],
    ['[x](/notes/none/)', 'broken-link', '链接文章请用相对路径，例如 ../notes/foo.mdx'],
    ['[x](/wherever/)', 'broken-link', '链接文章请用相对路径，例如 ../notes/foo.mdx'],
    ['[x](/topics/none/)', 'broken-link', '链接文章请用相对路径，例如 ../notes/foo.mdx'],
    ['[x](../../etc/passwd)', 'outside-content', '只能链接内容文件夹里的文章'],
    ['[x](%2e%2e/%2e%2e/etc/passwd)', 'outside-content', '只能链接内容文件夹里的文章'],
    ['[x](a@example.com)', 'broken-link', '邮箱写成 mailto:a@example.com'],
    [
      '[x](../notes/表 1.csv)'.replace(' ', '%20'),
      'link-to-file',
      '附件写成 <Attachment src="./表%201.csv" title="名字" />，文章用 .mdx 的相对路径',
    ],
    [
      '[x](sheet.csv)',
      'link-to-file',
      '附件写成 <Attachment src="./sheet.csv" title="名字" />，文章用 .mdx 的相对路径',
    ],
    ['[x](a.cn/b)', 'broken-link', '如果是网址，写成 https://a.cn/b'],
    ['[x](%zz.mdx)', 'broken-link', '直接写文件名，不用编码'],
  ])('%s leads nowhere', async (body, rule, fix) => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf({ body }),
      'notes/other.mdx': noteOf({ body: '## 小标题' }),
    }).load();
    expect(rulesOf(content)).toEqual([`notes/a.mdx:5 ${rule}`]);
    expect(content.findings[0]!.fix).toBe(fix);
  });

  test.each([
    ['/topics/retenton/', '是不是 /topics/retention/？'],
    ['/topics/留存', '是不是 /topics/retention/？'],
    ['/topics/staying/', '是不是 /topics/retention/？'],
    ['/series/冷启动系列/', '是不是 /series/cold-start/？'],
    ['/quote/', '是不是 /quotes/？'],
    ['/content/notes/other.mdx', '是不是 other.mdx？'],
    ['../talks/c.mdx#t=12:34', '写成 #t=754'],
    ['../talks/c.mdx#1:02:03', '写成 #t=3723'],
    ['../talks/c.mdx#没有', '去掉 # 和后面的字'],
  ])('%s is nearly right, and the fix says what to write', async (url, fix) => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf({ body: `[x](${url})` }),
      'notes/other.mdx': noteOf(),
      'talks/c.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: [linxia]\n---\n正文\n',
      'people/linxia.mdx': personOf('林夏'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来, formerly: [staying] }\n',
      'series.yaml': 'cold-start: { title: 冷启动系列, summary: 从零开始 }\n',
    }).load();
    expect(content.findings.map((finding) => finding.fix)).toEqual([fix]);
  });

  test('to a second of a talk have to be within its duration, or its transcript if that is longer', async () => {
    const talk = (fields: string, body: string) =>
      `---\ntitle: t\ndate: 2026-01-01\nspeakers: [linxia]\n${fields}---\n${body}\n`;
    const { load } = tinyFolder({
      'notes/a.mdx': noteOf({ body: '[x](../talks/b.mdx#t=600)\n\n[x](../talks/b.mdx#t=601)' }),
      'talks/b.mdx': talk('duration: "10:00"\n', '[自己](#t=3600)'),
      'talks/c.mdx': talk('duration: "10:00"\n', '[x](#t=700)\n\n<Line who="linxia" t="11:40">好。</Line>'),
      'talks/d.mdx': talk('', '[不知道多长](#t=3600)'),
      'people/linxia.mdx': personOf('林夏'),
    });
    const content = await load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:7 broken-anchor', 'talks/b.mdx:7 broken-anchor']);
    expect(content.findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '#t=601 超过了 talks/b.mdx 的时长 10:00 → 秒数不能大于 600；链接到整场就去掉 # 和后面的字',
      '#t=3600 超过了本文的时长 10:00 → 秒数不能大于 600；链接到整场就去掉 # 和后面的字',
    ]);
  });

  test('to a topic are not broken because its list is', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf({ body: '[x](/topics/retention/)' }),
      'topics.yaml': 'retention: { name: 留存 }\n',
    }).load();
    expect(rulesOf(content)).toEqual(['topics.yaml:1 missing-field']);
  });

  test('are checked quickly, however long they are', async () => {
    const { load } = tinyFolder({ 'notes/a.mdx': noteOf({ body: `[x](${'a'.repeat(1_000_000)}/)` }) });
    const time = await processorTime(async () =>
      expect(rulesOf(await load())).toEqual(['notes/a.mdx:5 broken-link']),
    );
    expect(time).toBeLessThan(5000);
  });

  test('to unpublished entries keep their words but get no link', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf({ body: '[草稿](draft.mdx#哪里) [以后](later.mdx) [以后](/notes/later/)' }),
      'notes/draft.mdx': noteOf({ more: 'draft: true\n' }),
      'notes/later.mdx': noteOf({ date: '2027-01-01' }),
      'start.yaml': 'picks:\n  - { entry: notes/a, why: 好 }\n  - { entry: notes/later, why: 好 }\n',
    }).load();
    expect(rulesOf(content)).toEqual([]);
    expect(content.entries[0]!.html).toBe('<p><a>草稿</a> <a>以后</a> <a>以后</a></p>');
    expect(content.start.picks.map(({ entry }) => entry)).toEqual(['notes/a']);
  });
});
