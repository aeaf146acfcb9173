import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

  test('copied from a finding together with the name get a finding that says what to leave out', async () => {
    const content = await tinyFolder({
      'people/linxia.mdx': personOf('林夏', 'aliases: [夏夏（主持）]\n'),
      'people/tom.mdx': personOf('阿同'),
      'people/tom-b.mdx': personOf('阿同'),
      'topics.yaml': 'retention: { name: 留存, definition: 留下来 }\n',
      'notes/a.mdx': noteOf({
        more: 'topics: retention（留存）\npeople: { author: [linxia(林夏), 夏夏（主持）, 阿同（编辑）] }\n',
        body: '<Quote who="林夏 （运营）">字</Quote>',
      }),
    }).load();
    expect(content.findings.map(({ fix }) => fix)).toEqual([
      '写成 retention，不写括号和里面的字',
      '写成 linxia，不写括号和里面的字',
      '写成 linxia（林夏）',
      '写成 tom-b 或 tom，不写括号和里面的字',
      '写成 linxia，不写括号和里面的字',
    ]);
  });

  test('to somebody without a name say how to write that', async () => {
    const content = await tinyFolder({
      'notes/a.mdx': noteOf({ body: '<Quote who="群友">字</Quote>' }),
    }).load();
    expect(content.findings.map(({ fix }) => fix)).toEqual(['不具名的不用组件，写成引用：> 群友：他说的话']);
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

  test('to a number of a series that is already taken are reported', async () => {
    const content = await tinyFolder({
      'series.yaml': 's: { title: 系列, summary: x }\n',
      'notes/a.mdx': noteOf({ more: 'series: s\nnumber: 1\n' }),
      'notes/b.mdx': noteOf({ more: 'series: s\nnumber: 1\n' }),
    }).load();
    expect(rulesOf(content)).toEqual(['notes/a.mdx:5 duplicate-number', 'notes/b.mdx:5 duplicate-number']);
  });
});
