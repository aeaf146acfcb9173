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
