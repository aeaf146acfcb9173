import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processorTime } from '../../tests/lib/processor-time.ts';
import { noteOf, personOf } from '../../tests/lib/tiny.ts';
import type { Memory } from './load.ts';
import { rulesOf, tinyFolder } from './testing.ts';

describe('references', () => {
  test('to people, topics and series that do not exist are reported', async () => {
    const content = await tinyFolder({
      'people/linxia.mdx': personOf('林夏'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来 }\n',
      'notes/a.mdx': noteOf({
        more: 'topics: [retention, retension]\nseries: s\nnumber: 1\npeople: { host: linxia, guest: [linxia, nobody] }\n',
        body: '<Quote who="linxai">字</Quote>',
      }),
      'talks/b.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers:\n  - linxia\n  - ghost\n---\n',
    }).load();
    expect(rulesOf(content)).toEqual([
      'notes/a.mdx:4 unknown-topic',
      'notes/a.mdx:5 unknown-series',
      'notes/a.mdx:7 unknown-person',
      'notes/a.mdx:9 unknown-person',
      'talks/b.mdx:6 unknown-person',
    ]);
    expect(content.findings[0]!.fix).toBe('是不是 retention？');
    expect(content.findings[3]!.fix).toBe('是不是 linxia？');
  });

  test('are checked even when another field is wrong', async () => {
    const { load } = tinyFolder({
      'people/linxia.mdx': personOf('林夏'),
      'notes/a.mdx':
        '---\ntitle: t\ndate: 2026/1/5\ntopics: [拉新, 3]\nseries: s\npeople: { host: [林夏, linxia], guest: 7, nobody: 张三 }\n---\n<Quote who="林夏">字</Quote>\n',
      'notes/b.mdx': '---\ntitle: t\ndate: 2026/1/5\ntopics: 拉新\npeople: 林夏\n---\n',
      'talks/c.mdx': '---\ndate: 2026-01-01\nspeakers: [linxia, 张三]\n---\n',
      'discussions/d.mdx': '---\ntitle: t\nquestion: 吗\nasked_by: 张三\nweek: 2026-W01\n---\n',
    });
    expect(rulesOf(await load())).toEqual([
      'discussions/d.mdx:1 missing-field',
      'discussions/d.mdx:4 unknown-person',
      'notes/a.mdx:3 invalid-field',
      'notes/a.mdx:4 unknown-topic',
      'notes/a.mdx:4 invalid-field',
      'notes/a.mdx:5 unknown-series',
      'notes/a.mdx:6 unknown-person',
      'notes/a.mdx:6 invalid-field',
      'notes/a.mdx:6 unknown-field',
      'notes/a.mdx:6 unknown-person',
      'notes/a.mdx:8 unknown-person',
      'notes/b.mdx:3 invalid-field',
      'notes/b.mdx:4 unknown-topic',
      'notes/b.mdx:5 invalid-field',
      'talks/c.mdx:1 missing-field',
      'talks/c.mdx:3 unknown-person',
    ]);
  });

  test('need no list where there is only one', async () => {
    const content = await tinyFolder({
      'people/linxia.mdx': personOf('林夏', 'aliases: 夏夏\ntitles: 主持人\n'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来, aliases: 留下 }\n',
      'talks/a.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nspeakers: linxia\ntopics: retention\naliases: old-name\n---\n',
      'talks/b.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: 林夏\ntopics: 留存\nslug: old-name\n---\n',
    }).load();
    expect(content.entries.find(({ id }) => id === 'talks/a')?.data).toMatchObject({
      speakers: ['linxia'],
      topics: ['retention'],
    });
    expect(content.findings.map(({ line, column, fix }) => [line, column, fix])).toEqual([
      [6, 10, '从 aliases 里删掉它'],
      [4, 11, '写成 linxia（林夏）'],
      [5, 9, '写成 retention（留存）'],
    ]);
  });

  test('that are several without a list get a finding that shows how to write it', async () => {
    const content = await tinyFolder({
      'topics.yaml': 'retention: { name: 留存, definition: 留下来 }\n',
      'notes/a.mdx': noteOf({
        more: 'topics: [留存，新人]\npeople: { host: linxia、chenyi }\n',
        body: '<Quote who="linxia、chenyi">字</Quote>',
      }),
      'notes/b.mdx': noteOf({ more: 'topics: 【retention；100%、#拉新】\n' }),
      'notes/c.mdx': noteOf({ more: 'topics: retention, 1\n' }),
    }).load();
    expect(content.findings.map(({ fix }) => fix)).toEqual([
      '几个放在方括号里，用英文的逗号隔开，写成 [retention, 新人]',
      '几个放在方括号里，用英文的逗号隔开，写成 [linxia, chenyi]',
      '这里只能写一个人物',
      '几个放在方括号里，用英文的逗号隔开，写成 [retention, 100%, "#拉新"]',
      '几个放在方括号里，用英文的逗号隔开，写成 [retention, "1"]',
    ]);
  });

  test('by name instead of id get a finding that says which id is meant', async () => {
    const { load } = tinyFolder({
      'people/linxia.mdx': personOf('林夏', 'aliases: [夏夏]\n'),
      'people/tom.mdx': personOf('阿同', 'draft: true\n'),
      'people/tom-b.mdx': personOf('阿同'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来, aliases: [留下], formerly: [staying] }\n',
      'series.yaml': 'start: { title: 从零开始, summary: 第一步 }\n',
      'start.yaml': 'who: [{ person: 林夏, for: 都行 }]\n',
      'suggestions.yaml': '- { title: 书, kind: book, why: x, by: 夏夏 }\n',
      'notes/a.mdx': noteOf({
        more: "topics: [留存, 留下, staying, 拉新]\nseries: 从零开始\nnumber: 1\npeople: { host: [' 林夏 '], author: 夏夏, editor: 阿同 }\n",
        body: '<Quote who=" 林夏 ">字</Quote>',
      }),
      'talks/b.mdx': '---\ntitle: t\ndate: 2026-01-01\nspeakers: [林夏, 张三]\n---\n',
      'discussions/c.mdx':
        '---\ntitle: t\ndate: 2026-01-01\nquestion: 吗\nasked_by: 林夏\nweek: 2026-W01\n---\n<Viewpoint who="张三">字</Viewpoint>\n',
    });
    const said = (await load()).findings.map(({ file, line, rule, message, fix }) =>
      [file.replace(/^.*\/content\//, ''), line, rule, `${message} → ${fix}`].join(' '),
    );
    const someone = '写 people 里的文件名，新的人先 npm run new -- person "名字"';
    expect(said).toEqual([
      'discussions/c.mdx 5 unknown-person 没有人物 林夏 → 写成 linxia（林夏）',
      `discussions/c.mdx 8 unknown-person 没有人物 张三 → ${someone}`,
      'notes/a.mdx 4 unknown-topic 没有主题 留存 → 写成 retention（留存）',
      'notes/a.mdx 4 unknown-topic 没有主题 留下 → 写成 retention（留存）',
      'notes/a.mdx 4 unknown-topic 没有主题 staying → 写成 retention（留存）',
      'notes/a.mdx 4 unknown-topic 没有主题 拉新 → 写 topics.yaml 里的英文名，新的先加到那里',
      'notes/a.mdx 5 unknown-series 没有系列 从零开始 → 写成 start（从零开始）',
      'notes/a.mdx 7 unknown-person 没有人物 林夏 → 写成 linxia（林夏）',
      'notes/a.mdx 7 unknown-person 没有人物 夏夏 → 写成 linxia（林夏）',
      'notes/a.mdx 7 unknown-person 没有人物 阿同 → 写成 tom-b（阿同）或 tom（阿同）',
      'notes/a.mdx 9 unknown-person 没有人物 林夏 → 写成 linxia（林夏）',
      'start.yaml 1 unknown-person 没有人物 林夏 → 写成 linxia（林夏）',
      'suggestions.yaml 1 unknown-person 没有人物 夏夏 → 写成 linxia（林夏）',
      'talks/b.mdx 4 unknown-person 没有人物 林夏 → 写成 linxia（林夏）',
      `talks/b.mdx 4 unknown-person 没有人物 张三 → ${someone}`,
    ]);
  });

  test('to a topic under a former name lead to one topic only', async () => {
    const { load } = tinyFolder({
      'topics.yaml':
        'a: { name: 甲, definition: 定义, formerly: [old, b] }\nb: { name: 乙, definition: 定义, formerly: [once] }\nc: { name: 丙, definition: 定义, formerly: [c, old, once, once] }\n',
      'notes/a.mdx': noteOf({ more: 'topics: [a, b, c]\n' }),
    });
    const said = (await load()).findings.map(({ line, column, rule, message }) => [
      line,
      column,
      rule,
      message,
    ]);
    const twice = (name: string, id: string, topic: string) =>
      `${name} 写的是 “${id}”，已经是主题 ${topic} 的网址，只能留一处`;
    expect(said).toEqual([
      [1, 47, 'invalid-field', twice('a.formerly 第 2 项', 'b', 'b')],
      [3, 42, 'invalid-field', twice('c.formerly 第 1 项', 'c', 'c')],
      [3, 45, 'invalid-field', twice('c.formerly 第 2 项', 'old', 'a')],
      [3, 50, 'invalid-field', twice('c.formerly 第 3 项', 'once', 'b')],
      [3, 56, 'invalid-field', twice('c.formerly 第 4 项', 'once', 'b')],
    ]);
  });

  test('by the file of a person are found as that person', async () => {
    const { load } = tinyFolder({
      'people/linxia.mdx': personOf('林夏'),
      'notes/a.mdx': noteOf({
        more: 'people: { author: linxia.mdx }\n',
        body: '<Quote who="../people/linxia.mdx">字</Quote>',
      }),
    });
    expect((await load()).findings.map(({ fix }) => fix)).toEqual([
      '写成 linxia（林夏）',
      '写成 linxia（林夏）',
    ]);
  });

  test('to somebody without a name say how to write that', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf({ body: '<Quote who="群友">字</Quote>' }),
    }).load();
    expect(content.findings.map(({ fix }) => fix)).toEqual(['不具名的不用组件，写成引用：> 群友：他说的话']);
  });

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

  test('to people show the name, with a link if there is a page', async () => {
    const content = await tinyFolder({
      'people/a.mdx': personOf('甲'),
      'people/b.mdx': personOf('乙', 'draft: true\n'),
      'notes/a.mdx': noteOf({ body: '<Quote who="a">字</Quote>\n\n<Quote who="b">词</Quote>' }),
    }).load({ base: '/repo' });
    expect(rulesOf(content)).toEqual([]);
    const { html, text, mentions } = content.entries.find(({ id }) => id === 'notes/a')!;
    expect(html).toContain('<a class="person" href="/repo/people/a/">甲</a>');
    expect(html).toContain('<span class="person">乙</span>');
    expect(text).toBe('字\n甲\n词\n乙');
    expect(mentions).toEqual(['a', 'b']);
  });

  test('need list files without wrong fields', async () => {
    const content = await tinyFolder({
      'topics.yaml': 'Ab: { name: 甲, definition: x }\nb: { nam: 乙, definition: x }\n',
      'series.yaml': '- a\n',
      'start.yaml': 'picks:\n  - { entry: notes/none, why: x }\n  - { entry: none, why: x }\n',
      'synonyms.yaml': '- [拉新, 获客]\n- [一个]\n',
    }).load();
    expect(rulesOf(content)).toEqual([
      'series.yaml:1 invalid-field',
      'start.yaml:3 invalid-field',
      'synonyms.yaml:2 invalid-field',
      'topics.yaml:1 invalid-field',
      'topics.yaml:2 missing-field',
      'topics.yaml:2 unknown-field',
    ]);
  });

  test('say in list files what to write instead', async () => {
    const { findings } = await tinyFolder({
      'notes/three-lines.mdx': noteOf(),
      'start.yaml':
        'picks:\n  - { entry: notes/three-lines.mdx, why: x }\n  - { entry: notes/three-line, why: x }\n  - { entry: talks/none, why: x }\n',
      'synonyms.yaml': '- [拉新]\n',
      'tiers.yaml': 'members: { name: 成员 }\n',
    }).load();
    expect(findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '没有文章 notes/three-lines.mdx → 是不是 notes/three-lines？',
      '没有文章 notes/three-line → 是不是 notes/three-lines？',
      '没有文章 talks/none → 写成 文件夹/文件名，例如 talks/cold-start',
      '第 1 项 太少，至少 2 个 → 意思相同的几个词，至少两个，例如 [拉新, 获客]',
      '“members” 不能作英文名 → public 和 members 本来就有，不用写',
    ]);
    const lists = await tinyFolder({ 'synonyms.yaml': '拉新: 获客\n', 'tiers.yaml': '- 深度会员\n' }).load();
    expect(lists.findings.map(({ fix }) => fix)).toEqual([
      '一行一组意思相同的词，例如 - [拉新, 获客]',
      '从低到高，一行一级，例如 patrons: { name: 深度会员 }',
    ]);
  });

  test('need list files with a name in English for each item', async () => {
    const { findings } = await tinyFolder({
      'topics.yaml': '拉新: { name: 拉新, definition: x }\n',
      'series.yaml': '- a\n',
    }).load();
    expect(findings.map(({ message, fix }) => `${message} → ${fix}`)).toEqual([
      '内容 应该是“英文名: 内容”，写的是列表 → 照 CONTRIBUTING.md 里的样子改',
      '“拉新” 不能作英文名 → 英文名只用小写字母、数字和连字符',
    ]);
  });

  test('to topics and series aren’t judged by a list file with errors', async () => {
    const folder = tinyFolder({
      'topics.yaml': 'growth: { nam: 增长, definition: x }\n',
      'series.yaml': 'start: [\n',
      'notes/a.mdx': noteOf({ more: 'topics: [growth]\nseries: start\nnumber: 1\n' }),
    });
    const memory: Memory = new Map();
    expect([...new Set(rulesOf(await folder.load({ memory })).map((rule) => rule.split(':')[0]))]).toEqual([
      'series.yaml',
      'topics.yaml',
    ]);
    for (const list of ['topics.yaml', 'series.yaml']) writeFileSync(join(folder.root, list), '');
    expect(rulesOf(await folder.load({ memory }))).toEqual([
      'notes/a.mdx:4 unknown-topic',
      'notes/a.mdx:5 unknown-series',
    ]);
  });

  test('to unknown tiers, or to a tier from a public entry, are reported', async () => {
    const content = await tinyFolder({
      'tiers.yaml': 'patrons: { name: 深度会员 }\nGold: { name: 金 }\n',
      'notes/a.mdx': noteOf({ more: 'tier: patrons\n' }),
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:4 unknown-tier', 'tiers.yaml:2 invalid-field']);
    const right = await tinyFolder({
      'tiers.yaml': 'patrons: { name: 深度会员 }\n',
      'people/a.mdx': personOf('甲', 'tier: patrons\n'),
      'notes/a.mdx': noteOf({ more: 'tier: patrons\n' }),
      'notes/b.mdx': noteOf({ more: 'tier: gold\n' }),
      'notes/c.mdx': noteOf({ more: 'access: public\ntier: patrons\n' }),
      'notes/f.mdx': noteOf({ more: 'tier: patrons\n', body: '全文。\n\n<Members />' }),
      'notes/e.mdx': noteOf({ more: 'tier: patrons\n', body: '公开。\n\n<Members />\n\n机密。' }),
      'notes/d.mdx': noteOf({ more: 'tier: members\n' }),
    }).load();
    expect(rulesOf(right)).toEqual([
      'notes/b.mdx:4 unknown-tier',
      'notes/c.mdx:5 tier-in-public',
      'notes/f.mdx:4 tier-in-public',
      'notes/f.mdx:8 members-last',
    ]);
    expect(right.entries.flatMap(({ id, access }) => (access === 'patrons' ? id : []))).toEqual([
      'notes/a',
      'notes/e',
      'people/a',
    ]);
  });

  test('from suggestions to unknown people and entries are reported', async () => {
    const book = '{ title: 书, kind: book, why: x';
    const content = await tinyFolder({
      'people/a.mdx': personOf('甲'),
      'notes/a.mdx': noteOf(),
      'suggestions.yaml': [
        `- ${book}, by: a, state: planned }`,
        `- ${book}, by: none }`,
        `- ${book}, state: done, entry: notes/a }`,
        `- ${book}, state: done, entry: notes/none }`,
      ].join('\n'),
    }).load();
    expect(rulesOf(content)).toEqual([
      'suggestions.yaml:2 unknown-person',
      'suggestions.yaml:4 unknown-entry',
    ]);
    expect(content.suggestions.map(({ state }) => state)).toEqual(['planned', 'wanted', 'done', 'done']);
    const undone = await tinyFolder({ 'suggestions.yaml': `- ${book}, state: done }` }).load();
    expect(rulesOf(undone)).toEqual(['suggestions.yaml:1 invalid-field']);
  });

  test('to a number of a series that is already taken are reported', async () => {
    const content = await tinyFolder({
      'series.yaml': 's: { title: 系列, summary: x }\n',
      'notes/a.mdx': noteOf({ more: 'series: s\nnumber: 1\n' }),
      'notes/b.mdx': noteOf({ more: 'series: s\nnumber: 1\n' }),
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:5 duplicate-number', 'notes/b.mdx:5 duplicate-number']);
  });
});
