import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { digest, fixture, imported } from './testing.ts';

test('chat: messages are picked by day, known people are named, others are anonymous, and noise is dropped and counted', async () => {
  const { body, lost, entry } = await imported(fixture('chat.txt'), 'digests', digest);
  expect(entry.data).toMatchObject({ week: '2026-W47' });
  expect(body).toMatchInlineSnapshot(`
    "<Day date="2026-11-16">
      <Pick who="linxia">
        今晚先说一件事：公告只写三行，第一行写要大家做的事，其他都删掉

        例子在 [https://example.com/three?a=1](https://example.com/three?a=1)。大家照抄
      </Pick>

      > 群友 A：我们群试过，把公告改成 \\{三行} 之后，回复的人从 3 个变成 17 个，电话 ［手机号］
    </Day>

    <Day date="2026-11-17">
      <Pick who="linxia">
        \\<b>准时结束\\</b>是最好的预告，停在大家还想说的时候
      </Pick>
    </Day>
    "
  `);
  expect(lost).toMatchInlineSnapshot(`
    [
      "开头 1 行不知道是谁说的，没有带过来",
      "2026-11-16 阿杰🌈 发的 [图片] 没有带过来，要用就另存到文章的文件夹里",
      "1 条系统消息去掉了",
      "1 条重复的只留了一次",
      "1 条很短的闲聊去掉了",
      "1 处表情去掉了",
      "1 个手机号换成了［手机号］",
      "“阿杰🌈” 不在 people 里，写成了 群友 A；要具名就加上 --who "阿杰🌈=people 里的文件名"",
    ]
  `);
});

test('chat: becomes a discussion with everybody’s messages together, in the order in which they first spoke', async () => {
  const file = join(temporaryFolder(), 'a.txt');
  const said = [
    '林夏 2026/11/17 20:30\n先约一个固定的时刻，二十分钟，准时结束。',
    '阿杰 2026/11/17 20:31\n我们群试过固定栏目，三周以后就没有人来了。',
    '陈一 2026/11/17 20:40\n先私聊四十个人，再想栏目的事情，别反过来。',
    '夏夏 2026/11/17 20:50\n同意先问人，问完以后还是要约时间的。',
    '阿杰 2026/11/18 09:00\n补一句：停办的时候也要说清楚为什么。',
  ];
  writeFileSync(file, said.join('\n\n'));
  const flags = {
    title: '沉默的群',
    question: '怎么让沉默的群活跃起来？',
    asked_by: 'linxia',
  };
  const { body, entry, lost } = await imported(file, 'discussions', flags);
  expect(entry.data).toMatchObject({ week: '2026-W47' });
  expect(body).toMatchInlineSnapshot(`
    "<Viewpoint who="linxia">
      先约一个固定的时刻，二十分钟，准时结束。

      同意先问人，问完以后还是要约时间的。
    </Viewpoint>

    > 群友 A：我们群试过固定栏目，三周以后就没有人来了。
    >
    > 补一句：停办的时候也要说清楚为什么。

    <Viewpoint who="chenyi">
      先私聊四十个人，再想栏目的事情，别反过来。
    </Viewpoint>
    "
  `);
  expect(lost).toEqual([expect.stringContaining('“阿杰” 不在 people 里，写成了 群友 A')]);
});

const discussion = { title: '沉默的群', question: '先做什么？', asked_by: 'linxia' };

async function discussed(text: string, who: string[] = []) {
  const file = join(temporaryFolder(), 'a.txt');
  writeFileSync(file, text);
  return imported(file, 'discussions', discussion, who);
}

test('chat: people without a page are nameless where others mention or quote them, too', async () => {
  const { body, lost } = await discussed(
    [
      '小美🍉不吃糖 2026/11/17 20:02\n@阿杰【上海·运营】\u2005为什么三周以后没有人来？是内容不行吗',
      '阿杰【上海·运营】 2026/11/17 20:03\n「小美🍉不吃糖：@阿杰【上海·运营】\u2005为什么三周以后没有人来？是内容不行吗」\n- - - - - - - - - - - - - - -\n时间不对，周三晚上大家都在加班，后来换到周五就好多了。',
      '老周 2026/11/17 20:03\n收到',
      '林夏 2026/11/17 20:04\n「老周：说一个「名单」的例子 https://example.com/a」\n- - - - - - - - - - - - - - -\n名单上每个名字后面要有他说过的一句话。@老周 你先写三个',
      '陈一 2026/11/17 20:05\n@林夏\u2005说得对，@小红\u2005那边也是这样做的，@所有人 都看一下',
    ].join('\n'),
  );
  expect(body).toMatchInlineSnapshot(`
    "> 群友 A：@群友 B 为什么三周以后没有人来？是内容不行吗

    > 群友 B：（回 @群友 A：@群友 B 为什么三周以后没有人来？是内容不行吗）
    >
    > 时间不对，周三晚上大家都在加班，后来换到周五就好多了。

    <Viewpoint who="linxia">
      （回 @群友：说一个「名单」的例子 ［链接］）

      名单上每个名字后面要有他说过的一句话。@群友 你先写三个
    </Viewpoint>

    <Viewpoint who="chenyi">
      @林夏 说得对，@小红 那边也是这样做的，@所有人 都看一下
    </Viewpoint>
    "
  `);
  expect(lost).toMatchInlineSnapshot(`
    [
      "1 条很短的闲聊去掉了",
      "2 处回复时引用的原话只留了开头",
      "“小美🍉不吃糖” 不在 people 里，写成了 群友 A；要具名就加上 --who "小美🍉不吃糖=people 里的文件名"",
      "“阿杰【上海·运营】” 不在 people 里，写成了 群友 B；要具名就加上 --who "阿杰【上海·运营】=people 里的文件名"",
      "正文里还有 “小红”，不愿意具名就改成“群友”",
    ]
  `);
});

test('chat: names of people without a page that are left in a text are reported, once', async () => {
  const { lost } = await discussed(
    [
      '阿杰【上海·运营】 2026/11/17 20:02\n我们群试过固定栏目，三周以后就没有人来了。',
      '林夏 2026/11/17 20:03\n阿杰说得对，三周是一个坎，先约一个固定的时刻。',
      '陈一 2026/11/17 20:04\n同意阿杰和林夏，先私聊四十个人再想栏目。',
    ].join('\n'),
  );
  expect(lost).toEqual([
    expect.stringContaining('“阿杰【上海·运营】” 不在 people 里'),
    '正文里还有 “阿杰”，不愿意具名就改成“群友”',
  ]);
});

test('chat: one person has one place, with and without emoji and the badges of the client', async () => {
  const { body, lost } = await discussed(
    [
      '【群主】林夏🌸 2026/11/17 20:00\n大家晚上好，今晚说怎么让沉默的群活跃起来。',
      '【冒泡】阿杰 2026/11/17 20:02\n我们群试过固定栏目，三周以后就没有人来了。',
      '【吐槽】阿杰🌈 2026/11/17 20:09\n后来换到周五中午，来的人多了一倍。',
    ].join('\n'),
  );
  expect(body).toMatchInlineSnapshot(`
    "<Viewpoint who="linxia">
      大家晚上好，今晚说怎么让沉默的群活跃起来。
    </Viewpoint>

    > 群友 A：我们群试过固定栏目，三周以后就没有人来了。
    >
    > 后来换到周五中午，来的人多了一倍。
    "
  `);
  expect(lost).toHaveLength(1);
});

test.each([
  [
    'WeCom',
    '这是一条引用/回复消息：\n"阿杰：\n我们群试过固定栏目，三周以后就没有人来了。"\n------\n为什么没人来了？是什么时候停下来的？',
  ],
  ['Feishu', '回复 阿杰: 我们群试过固定栏目，三周以后就没有人来了。\n为什么没人来了？是什么时候停下来的？'],
])('chat: what a reply quotes is told apart from it: %s', async (_, reply) => {
  const { body } = await discussed(
    `阿杰 2026/11/17 20:02\n我们群试过固定栏目，三周以后就没有人来了。\n林夏 2026/11/17 20:03\n${reply}\n`,
  );
  expect(body).toContain(
    '<Viewpoint who="linxia">\n  （回 @群友 A：我们群试过固定栏目，三周以后就没有人来了。）\n\n  为什么没人来了？是什么时候停下来的？\n</Viewpoint>',
  );
});

test('chat: a quote is not cut off within a name', async () => {
  const { body } = await discussed(
    `阿杰【上海·运营】 2026/11/17 20:02\n固定栏目三周以后没有人来。\n林夏 2026/11/17 20:03\n「阿杰【上海·运营】：${'说'.repeat(36)} @阿杰【上海·运营】」\n- - - - - -\n为什么没人来了？是什么时候停下来的？`,
  );
  expect(body).toContain(`（回 @群友 A：${'说'.repeat(36)} …）`);
});

test('chat: a reply as short as small talk is small talk, however long its quote', async () => {
  const { body } = await discussed(
    '林夏 2026/11/17 20:02\n我们群试过固定栏目，三周以后就没有人来了。\n阿杰 2026/11/17 20:03\n「林夏：我们群试过固定栏目，三周以后就没有人来了。」\n- - - - - - - - - - - - - - -\n我们也是\n',
  );
  expect(body).not.toContain('我们也是');
});

test('chat: sign-up lists, which everybody repeats with one more name, are removed', async () => {
  const list = (many: number) =>
    `#接龙\n周三对账夜报名\n\n${['1. 林夏', '2. 阿杰', '3. 小美'].slice(0, many).join('\n')}`;
  const { body, lost } = await discussed(
    `林夏 2026/11/17 20:02\n我们群试过固定栏目，三周以后就没有人来了。\n林夏 2026/11/17 20:10\n${list(1)}\n阿杰 2026/11/17 20:12\n${list(2)}\n小美 2026/11/17 20:13\n${list(3)}\n`,
  );
  expect(body).not.toContain('对账夜');
  expect(lost).toContain('3 条接龙去掉了');
});

test('chat: messages of the QQ client itself are removed', async () => {
  const { body } = await discussed(
    '2026-11-17 20:02:33 林夏(10001)\n我们群试过固定栏目，三周以后就没有人来了。\n\n2026-11-17 20:03:33 系统消息(10000)\n管理员已开启全员禁言，只有群主和管理员能发言。\n',
  );
  expect(body).not.toContain('禁言');
});

test('chat: names with nothing but the time are read as of the day on which it was copied', async () => {
  const { body, lost } = await discussed(
    '林夏  20:02\n我们群试过固定栏目，三周以后就没有人来了。\n阿杰  20:05\n为什么没人来了？是什么时候停下来的？\n',
  );
  expect(body).toContain('> 群友 A：为什么没人来了');
  expect(lost).toContain('聊天里没有日期，都算在 2026-11-22；不对就加 --date');
});

test('chat: where an empty line is above every name, a line with a colon is no name', async () => {
  const { body } = await discussed(
    '林夏:\n先说三点:\n第一点是时间不对，周三晚上大家都在加班。\n\n阿杰:\n后来换到周五中午，来的人多了一倍。\n',
  );
  expect(body).toContain('<Viewpoint who="linxia">\n  先说三点:');
});

test('chat: a discussion belongs to the week in which most was said', async () => {
  const { entry } = await discussed(
    '林夏 2026/11/15 23:50\n先约一个固定的时刻，二十分钟，准时结束。\n陈一 2026/11/15 23:55\n先私聊四十个人，再想栏目的事情，别反过来。\n林夏 2026/11/16 00:10\n同意先问人，问完以后还是要约时间的。\n',
  );
  expect(entry.data).toMatchObject({ week: '2026-W46' });
});

test('chat: system messages below a message are removed, and the message stays', async () => {
  const file = join(temporaryFolder(), 'a.txt');
  writeFileSync(
    file,
    '林夏 2026/11/16 21:03\n报名少多半是标题没写清楚给谁看，先改标题。\n“小明”撤回了一条消息\n小红加入了群聊\n',
  );
  const { body, lost } = await imported(file, 'digests', digest);
  expect(body).toContain('先改标题。');
  expect(body).not.toContain('小明');
  expect(lost).toEqual(['2 条系统消息去掉了']);
});

const pairs = [
  ['林夏', '2026/11/18 21:03', '公告只写三行，第一行写要大家做的事。'],
  ['陈一', '2026/11/18 21:05', '我们群试过，转化 <3%：{昵称} 要换成真名，12:30 发的回得最多。'],
];

test.each<[string, (message: string[]) => string]>([
  ['the name above the time', ([name, time, text]) => `${name}\n${time}\n${text}\n`],
  ['the time above the name', ([name, time, text]) => `${time}\n${name}\n${text}\n\n`],
  ['all in one line', ([name, time, text]) => `${time} ${name}: ${text}\n`],
  ['all in one line, the time in brackets', ([name, time, text]) => `[${time}] ${name}：${text}\n`],
  ['all in one line, the name first', ([name, time, text]) => `${name}(${time}): ${text}\n`],
])('chat: every message is read: %s', async (_, written) => {
  const file = join(temporaryFolder(), 'a.txt');
  writeFileSync(file, pairs.map(written).join(''));
  const { body, lost } = await imported(file, 'digests', digest);
  expect(body).toBe(
    '<Day date="2026-11-18">\n  <Pick who="linxia">\n    公告只写三行，第一行写要大家做的事。\n  </Pick>\n\n  <Pick who="chenyi">\n    我们群试过，转化 \\<3%：\\{昵称} 要换成真名，12:30 发的回得最多。\n  </Pick>\n</Day>\n',
  );
  expect(lost).toEqual([]);
});

test('chat: an address ends before a backslash, as exports write line breaks', async () => {
  const file = join(temporaryFolder(), 'chat.txt');
  writeFileSync(file, '林夏 2026/11/18 21:03\n公告的写法都在这一篇里 https://a.example/b\\n先看第一行。\n');
  expect((await imported(file, 'digests', digest)).body).toContain(
    '[https://a.example/b](https://a.example/b)\\n先看第一行',
  );
});

test('chat: pictures that one person sent on one day are one line', async () => {
  const { lost } = await discussed(
    `林夏 2026/11/17 20:02\n我们群试过固定栏目，三周以后就没有人来了。\n${'阿杰 2026/11/17 20:03\n[图片]\n'.repeat(30)}`,
  );
  expect(lost).toContain('2026-11-17 阿杰 发的 [图片]（30 个）没有带过来，要用就另存到文章的文件夹里');
});

test('chat: a day without its year is the last such day before the digest', async () => {
  const file = join(temporaryFolder(), 'a.txt');
  writeFileSync(
    file,
    '林夏 2月28日 21:03\n公告只写三行，第一行写要大家做的事。\n林夏 2月29日 9:10\n第二行写好处，第三行写截止的时间。\n',
  );
  const { body } = await imported(file, 'digests', { ...digest, date: '2025-01-10' });
  expect(body.match(/<Day date="[^"]*"/g)).toEqual(['<Day date="2024-02-28"', '<Day date="2024-02-29"']);
});

test.each(['mail.txt', 'tool.txt', 'export.json'])('chat: another format is read: %s', async (name) => {
  const { entry } = await imported(fixture(name), 'digests', digest);
  expect(entry.text).toContain('对账夜第一场');
  expect(entry.mentions).toContain('linxia');
  expect(entry.html).toContain('d-2026-11-18');
});

test('JSON: a time with its zone is the one in Shanghai, whose day may be another', async () => {
  const file = join(temporaryFolder(), 'a.json');
  const text = '公告只写三行，第一行写要大家做的事，其他都删掉';
  const times = [
    '2026-11-17 23:30',
    '2026-11-17T18:00:00Z',
    '2026-11-18T00:30:00.000+08:00',
    '2026-11-18T23:30:00-0500',
  ];
  writeFileSync(
    file,
    JSON.stringify(times.map((time, at) => ({ time, name: '林夏', text: `${text} ${at}` }))),
  );
  const { body } = await imported(file, 'digests', digest);
  expect([...body.matchAll(/<Day date="(.*)">|(\d)$/gm)].map(([, day, at]) => day ?? at)).toEqual([
    '2026-11-17',
    '0',
    '2026-11-18',
    '1',
    '2',
    '2026-11-19',
    '3',
  ]);
});

test('chat: a digest takes the messages of one week and says where the others are', async () => {
  const file = join(temporaryFolder(), 'a.txt');
  const said = (day: string) => `林夏 2026/${day} 21:03\n${day} 说的：公告只写三行，第一行写要大家做的事\n`;
  writeFileSync(file, `${['11/13', '11/16', '11/17', '11/22'].map(said).join('')}林夏 2026/11/23 8:01\n早\n`);
  const last = await imported(file, 'digests', digest);
  expect(last.entry.data).toMatchObject({ week: '2026-W47' });
  expect(last.body.match(/<Day date=".*">/g)).toHaveLength(3);
  expect(last.lost[0]).toBe(
    '2 条不是 2026-W47 的，没有带过来；别的周各写一篇，再导入一次，加上 --week 2026-W46 或 2026-W48',
  );
  const before = await imported(file, 'digests', { ...digest, week: '2026-W46' });
  expect(before.entry.data).toMatchObject({ week: '2026-W46' });
  expect(before.body).toContain('11/13 说的');
  expect(before.body).not.toContain('11/16 说的');
  const missing = imported(file, 'digests', { ...digest, week: '2026-W40' });
  await expect(missing).rejects.toThrow(
    '聊天里没有 2026-W40 的话，只有 2026-W46、2026-W47、2026-W48 的 → 改正 --week',
  );
});
