import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tinyFolder } from '../../src/markdown/testing.ts';
import { processorTime } from '../../tests/lib/processor-time.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import type { Form } from '../../src/model/form.ts';
import { importFile } from './file.ts';
import { knownPeople } from './names.ts';
import { digest, fixture, imported, TODAY } from './testing.ts';

const teardown = { 'case.name': '打卡营', 'case.channel': 'offline', 'case.period': '今年' };

test('HTML: an anchor without text is not reported as a lost link', async () => {
  const file = join(temporaryFolder(), 'a.html');
  writeFileSync(file, '<p><a name="top"></a>一句话。</p>');
  const { body, lost } = await imported(file, 'notes', { title: '书签' });
  expect([body, lost]).toEqual(['一句话。\n', []]);
});

const minutes = [
  ['linxia', 5, '大家好，今天只讲一件事。\n前一百个人从哪里来，转化 <3%，{昵称}。'],
  ['chenyi', 754, '名单怎么列？'],
  ['linxia', 3723, '先写名单。'],
];

test.each([
  [
    'Tencent Meeting',
    'txt',
    '\uFEFF会议主题：第三讲\r\n\r\n林夏(00:00:05): 大家好，今天只讲一件事。\r\n前一百个人从哪里来，转化 <3%，{昵称}。\r\n\r\n陈一（00:12:34）：\r\n名单怎么列？\r\n\r\n林夏(01:02:03): 先写名单。\r\n',
  ],
  [
    'Feishu Minutes',
    'txt',
    '第三讲\n2026年10月16日 20:00|1小时 5分钟\n\n林夏  00:05\n大家好，今天只讲一件事。\n前一百个人从哪里来，转化 <3%，{昵称}。\n\n说话人 2  12:34\n名单怎么列？\n\n林夏  01:02:03.250\n先写名单。\n',
  ],
  [
    'times in front',
    'txt',
    '[00:05] 林夏：大家好，今天只讲一件事。\n前一百个人从哪里来，转化 <3%，{昵称}。\n[12:34] 陈一：名单怎么列？\n[1:02:03] 林夏：先写名单。\n',
  ],
  [
    'a document',
    'html',
    '<title>第三讲</title><p><b>林夏</b> 00:05</p><p>大家好，今天只讲一件事。</p><p>前一百个人从哪里来，转化 &lt;3%，{昵称}。</p><p>陈一 12:34<br>名单怎么列？</p><p>林夏 01:02:03</p><p>先写名单。</p>',
  ],
])('the text of a meeting becomes a transcript: %s', async (_, extension, text) => {
  const file = join(temporaryFolder(), `第三讲.${extension}`);
  writeFileSync(file, text);
  const { entry, lost } = await imported(file, 'talks', {}, ['说话人 2=chenyi']);
  expect(entry.lines.map(({ who, t, text: said }) => [who, t, said])).toEqual(minutes);
  expect(entry.data).toMatchObject({ title: '第三讲', speakers: ['linxia', 'chenyi'] });
  expect(lost).toEqual([]);
});

test('the text of a meeting: what stands above the first speaker stays, and unknown speakers are refused', async () => {
  const file = join(temporaryFolder(), 'a.txt');
  writeFileSync(file, '关键词：名单\n\n林夏 00:05\n大家好。\n林夏 00:09\n');
  const { body, lost } = await imported(file, 'talks');
  expect(body).toBe('关键词：名单\n\n<Line who="linxia" t="0:05">\n  大家好。\n</Line>\n');
  expect(lost).toEqual(['林夏 00:09 下面没有话，没有带过来']);
  writeFileSync(file, '说话人 1 00:05\n大家好。\n');
  await expect(imported(file, 'talks')).rejects.toThrow('--who "说话人 1=');
  writeFileSync(file, '大家好。\n');
  await expect(imported(file, 'talks')).rejects.toThrow('每段先写一行“林夏 12:34”');
});

test('a document with times that nobody says stays a document, and the lines are reported', async () => {
  const file = join(temporaryFolder(), 'a.html');
  writeFileSync(file, '<p>上午 9:30</p><p>签到。</p><p>上午 10:00</p><p>开始。</p>');
  const { body, lost } = await imported(file, 'talks', { speakers: 'linxia' });
  expect(body).toBe('上午 9:30\n\n签到。\n\n上午 10:00\n\n开始。\n');
  expect(lost).toEqual(['“上午 9:30”这样的行没有当作谁说的 → 是逐字稿就加上 --who "上午=people 里的文件名"']);
});

test('Markdown: what MDX would run becomes text, pictures are copied, and what is lost is listed', async () => {
  const { entry, body, files, lost } = await imported(fixture('feishu/方案.md'), 'notes');
  expect(entry.title).toBe('三行公告');
  expect([...files.keys()]).toEqual(['image-1.png']);
  expect(body).toMatchInlineSnapshot(`
    "先说结论：短\\{一点}，3 \\< 5。\\
    换一行。

    ![图片](./image-1.png)

    [［图：别人的图］](https://cdn.example.com/x.png)

    ［图：没了的］

    ## 第一行

    - [ ] 一件事[^1]
    - 另一篇，[网站](https://example.com/a)，坏的

    | 列 | 值 |
    | - | - |
    | a | 1 |

    | 甲 | 乙 |
    | - | - |

    [^1]: 脚注在这里。
    "
  `);
  expect(lost).toMatchInlineSnapshot(`
    [
      "HTML 的 <font> 去掉了，文字留下了",
      "图片 image-1.png 没有说明，请写上图里有什么",
      "图片在别的网站上，留下了链接：https://cdn.example.com/x.png → 下载到文章的文件夹里，写成 ![别人的图](./photo.jpg)",
      "没有找到图片 images/gone.png，只留下了说明 “没了的”",
      "链接 ./另一篇.md 不能用，只留下了文字 “另一篇”",
      "链接 javascript:alert(1) 不能用，只留下了文字 “坏的”",
      "HTML 注释 <!-- --> 没有带过来",
      "信息区的 tags: ["群","公告"] 没有带过来",
      "信息区的 created: 2026-11-01 没有带过来",
    ]
  `);
});

test('Markdown: a link by reference stays if its address can, wherever that stands', async () => {
  const file = join(temporaryFolder(), '规则.md');
  writeFileSync(file, '看[网站][a]和[另一篇][b]。\n\n[b]: ./另一篇.md\n\n> [a]: https://example.com/a\n');
  const { body, lost } = await imported(file, 'notes');
  expect(body).toContain('看[网站][a]和另一篇。');
  expect(lost).toEqual(['链接 ./另一篇.md 不能用，去掉了']);
});

test('Word: headings become the steps of a teardown, and tables and pictures are kept', async () => {
  const { entry, body, files, lost } = await imported(fixture('case.docx'), 'teardowns', teardown);
  expect(entry.title).toBe('打卡营案例');
  expect([...files.keys()]).toEqual(['image-1.png']);
  expect(body).toContain('<Background>\n  线上群沉默。\n</Background>');
  expect(body).toContain('| 事情 | 数字 |\n  | -- | -- |\n  | 到场 | 38 |');
  expect(body).toContain('有 \\{花括号} 和 **加粗：**后面。');
  expect(lost).toHaveLength(5);
});

test('a teardown finds its steps under the names that writers give them', async () => {
  const file = join(temporaryFolder(), 'a.md');
  const headings = [
    ...['一、案例背景', '二、活动目标', '三、用户洞察', '四、玩法'],
    ...['五、核心数据', '六、背后的逻辑', '七、可以抄的', '（八）避坑'],
  ];
  writeFileSync(file, headings.map((heading, index) => `## ${heading}\n\n第 ${index + 1} 步。\n`).join('\n'));
  const { body, lost } = await imported(file, 'teardowns', teardown);
  expect(
    [...body.matchAll(/<([A-Z]\w+)>\n {2}第 (\d) 步/g)].map(([, name, at]) => `${name!} ${at!}`),
  ).toEqual([
    ...['Background 1', 'Goal 2', 'Insight 3', 'Mechanism 4'],
    ...['Numbers 5', 'Logic 6', 'Copy 7', 'Avoid 8'],
  ]);
  expect(lost).toEqual([]);
});

test('HTML: text, lists and pictures are kept, and scripts and frames are not', async () => {
  const { body, lost, entry } = await imported(fixture('page.html'), 'notes');
  expect(entry.title).toBe('群规模板');
  expect(body).toBe(
    '欢迎 **新人**，请看[全文](https://example.com/rules)。\n\n## 第一条\n\n- 不发广告\n- 问题写清楚\n\n![一个点](./image-1.png)\n',
  );
  expect(lost).toEqual(['HTML 的 <script> 没有带过来', 'HTML 的 <iframe> 没有带过来：https://example.com/v']);
});

test.each([
  ['messy.vtt', '字幕只能导入成 talk'],
  ['chat.txt', '聊天记录只能导入成 digest 或 discussion'],
  ['feishu/images/seat one.png', '不会读 .png'],
])('%s is refused as a note', async (name, error) => {
  await expect(imported(fixture(name), 'notes')).rejects.toThrow(error);
});

test('a page can become a digest', async () => {
  const { body } = await imported(fixture('page.html'), 'digests', digest);
  expect(body).toContain('不发广告');
});

describe('a file is read in linear time and with limited memory', () => {
  const times = (count: number, text: string) => text.repeat(count);
  const said = '林夏 2026/11/18 21:03\n公告只写三行，第一行写要大家做的事。';
  test.each<[string, string, Form, string]>([
    [
      'with a huge column span',
      'html',
      'notes',
      '<h1>甲</h1><table><tr><th colspan=900000000>乙</th></tr><tr><td>丙</td></tr></table>',
    ],
    [
      'with a huge row span',
      'html',
      'notes',
      '<h1>甲</h1><table><tr><td rowspan=900000000>乙</td></tr><tr><td>丙</td></tr></table>',
    ],
    ['with many spaces in its title', 'md', 'notes', `# 甲${times(200_000, ' ')}乙\n\n丙\n`],
    ['with many lists in a row', 'html', 'notes', times(40_000, '<ul><li>甲</li></ul>')],
    ['with many spaces in a box', 'md', 'notes', `# 甲\n\n:::${times(200_000, ' ')}！\n\n乙\n`],
    ['with many callouts', 'md', 'notes', `# 甲\n\n\`\`${times(100_000, '<aside')}\`\`\n\n乙\n`],
    ['with a long formula', 'md', 'notes', `# 甲\n\n乙 $${times(200_000, '=')}\n`],
    [
      'with many punctuation marks after an address',
      'txt',
      'digests',
      `${said} https://a.example/${times(100_000, '!.')}x\n`,
    ],
    ['with many spaces behind a day', 'txt', 'digests', `${said}\n林夏 11月18日${times(200_000, ' ')}甲\n`],
    [
      'with many spaces behind a name',
      'txt',
      'digests',
      `2026-11-18\n林夏 21:03\n${times(9, '三行。')}\n林夏${times(50_000, ' ')}甲\n`,
    ],
    ['with many spaces behind a time', 'txt', 'talks', `林夏 00:01\n甲\n00:12${times(200_000, ' ')}乙\n`],
    [
      'with many lines in one subtitle',
      'srt',
      'talks',
      `1\n00:00:01,000 --> 00:00:02,000\n林夏：甲\n${Array.from({ length: 120_000 }, (_, i) => `${i}\n`).join('')}`,
    ],
    [
      'with many subtitles of one speaker',
      'srt',
      'talks',
      Array.from({ length: 80_000 }, (_, i) => `${i}\n00:00:01,000 --> 00:00:02,000\n林夏：甲${i}\n\n`).join(
        '',
      ),
    ],
    [
      'with many styles',
      'srt',
      'talks',
      `1\n00:00:01,000 --> 00:00:02,000\n林夏：甲${times(100_000, '{\\')}\n`,
    ],
  ])('%s', async (_, extension, form, text) => {
    const file = join(temporaryFolder(), `a.${extension}`);
    writeFileSync(file, text);
    const linxia = '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\n---\n';
    const known = knownPeople(await tinyFolder({ 'people/linxia.mdx': linxia }).load(), []);
    const time = await processorTime(async () => {
      const { body } = await importFile({ file, form, known, given: {}, today: TODAY });
      expect(body).not.toEqual([]);
    });
    expect(time).toBeLessThan(10_000);
  });

  test('and refused when it is nested too deeply', async () => {
    const file = join(temporaryFolder(), 'a.html');
    writeFileSync(file, `<h1>甲</h1>${times(30_000, '<div>')}乙`);
    await expect(imported(file, 'notes', {})).rejects.toThrow('套得太深了');
  });
});

test.each([
  ['md', '第一行\n第二行\n====\n\n正文。\n'],
  ['html', '<title>第一行\n第二行</title><p>正文。</p>'],
])('a title on two lines becomes one line: %s', async (extension, text) => {
  const file = join(temporaryFolder(), `a.${extension}`);
  writeFileSync(file, text);
  expect((await imported(file, 'notes')).entry.title).toBe('第一行 第二行');
});
