import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { fixture, imported } from './testing.ts';

test('VTT: cues of one speaker become a paragraph with its time, and broken cues are listed', async () => {
  const { entry, lost } = await imported(fixture('messy.vtt'), 'talks', {}, ['小陈=chenyi']);
  expect(entry.lines.map(({ who, t, text }) => [who, t, text])).toEqual([
    ['linxia', 1, '大家好，今天只讲一件事，前一百个人从哪里来。'],
    ['chenyi', 5, '我先报一个数 {61}，比 5 < 6 大'],
    ['chenyi', 3620, 'used Notion every day'],
  ]);
  expect(entry.data).toMatchObject({ title: 'messy', speakers: ['linxia', 'chenyi'], duration: '1:00:22' });
  expect(lost).toEqual([
    '第 23 行的字幕读不懂，没有带过来：“00:xx:10.000 --> 00:00:12.000”',
    'NOTE 注释没有带过来',
    '字幕的样式（粗体、颜色等）没有带过来',
    '1 行和上一条字幕重复，只留了一次',
    '字幕之间补了 1 个逗号，请核对断句',
  ]);
});

test('VTT: an unknown speaker is refused, with the --who option to add', async () => {
  await expect(imported(fixture('messy.vtt'), 'talks')).rejects.toThrow('--who "小陈🌟=');
});

test('SRT: a known name before a colon is the speaker until the next one', async () => {
  const { entry } = await imported(fixture('plain.srt'), 'talks');
  expect(entry.lines.map(({ who, t, text }) => [who, t, text])).toEqual([
    ['linxia', 0, '大家好，我们开始，今天请来一位朋友'],
    ['chenyi', 4, '你好，各位注意：先别建群'],
    ['linxia', 15, '为什么？'],
  ]);
});

test('SRT: several people in one cue are told apart, by their names or by dashes', async () => {
  const file = join(temporaryFolder(), 'a.srt');
  const cues = [
    '林夏：大家好\n今天人很齐\n陈一：你好',
    '- 开始吗\n- 开始吗\n再等等',
    '- 林夏：不等了\n- 陈一：好',
    '-5 度\n-3 度，注意：\n多穿',
    '记一下：第一\n林夏：什么',
    '- 一句话',
    '- 陈一：一个人',
    '- 注意：别急',
  ];
  const text = cues.map(
    (cue, index) => `${index + 1}\n00:00:${10 + 2 * index},000 --> 00:00:${12 + 2 * index},000\n${cue}\n`,
  );
  writeFileSync(file, text.join('\n'));
  const { entry, lost } = await imported(file, 'talks');
  expect(entry.lines.map(({ who, t, text: said }) => `${t} ${who} ${said}`)).toEqual([
    '10 linxia 大家好今天人很齐',
    '10 chenyi 你好',
    '12 linxia 开始吗',
    '12 linxia 开始吗再等等',
    '14 linxia 不等了',
    '14 chenyi 好-5 度-3 度，注意：多穿，记一下：第一',
    '18 linxia 什么- 一句话',
    '22 chenyi 一个人- 注意：别急',
  ]);
  expect(lost).toEqual(['字幕之间补了 1 个逗号，请核对断句', '2 段没有写谁说的，先算作 linxia，请核对']);
});

test('SRT: a line with two wrong times is reported once', async () => {
  const file = join(temporaryFolder(), 'a.srt');
  writeFileSync(file, '1\n00:00:01,000 --> 00:00:05,000\n林夏：好的\n\n2\n00:xx --> 1\n坏的\n');
  expect((await imported(file, 'talks')).lost).toEqual(['第 6 行的字幕读不懂，没有带过来：“00:xx --> 1”']);
});

test('SRT: times as people mend them are read, and a text without a time is reported', async () => {
  const file = join(temporaryFolder(), 'a.srt');
  const cues = [
    '1\n00:00:01,000 --> 00:00:03,000\n林夏：大家好\n2\n0:0:8,5 --> 0:0:9,000\n陈一：没有空行也分得开',
    '3\n00：00：20，000 → 00：00：21，000\n林夏：冒号和箭头是中文的',
    '4\n00:00:30,000 --> 00:00:29,000\n陈一：结束比开始早',
    '5\n没有时间\n的字',
    '6\n00:00:40,000 --> 00:00:41,000\n林夏：最后一年是\n2026',
  ];
  writeFileSync(file, cues.join('\r\n\r\n').replace(/(?<!\r)\n/g, '\r\n'));
  const { entry, lost } = await imported(file, 'talks');
  expect(entry.lines.map(({ who, t, text }) => [who, t, text])).toEqual([
    ['linxia', 1, '大家好'],
    ['chenyi', 8, '没有空行也分得开'],
    ['linxia', 20, '冒号和箭头是中文的'],
    ['chenyi', 30, '结束比开始早'],
    ['linxia', 40, '最后一年是2026'],
  ]);
  expect(lost).toEqual([
    '第 13 行的结束时间不比开始的晚，只用了开始的时间',
    '第 16 行起没有时间，没有带过来：“5 没有时间 的字”',
  ]);
});

test('SRT: a smaller-than sign that does not begin a tag removes no text', async () => {
  const file = join(temporaryFolder(), 'a.srt');
  const said = '林夏：<b>转化</b>率 <3% 的群，和 x<y 的时候，停';
  writeFileSync(file, `1\n00:00:01,000 --> 00:00:05,000\n${said}\n`);
  const { entry } = await imported(file, 'talks');
  expect(entry.lines.map(({ text }) => text)).toEqual(['转化率 <3% 的群，和 x<y 的时候，停']);
});

test('VTT: the same words by another speaker are not a repetition', async () => {
  const cue = (at: number, who: string) => `00:0${at}.000 --> 00:0${at + 1}.000\n<v ${who}>同意\n`;
  const file = join(temporaryFolder(), 'a.vtt');
  writeFileSync(file, ['WEBVTT\n', cue(0, '林夏'), cue(1, '陈一'), cue(2, '陈一')].join('\n'));
  const { entry, lost } = await imported(file, 'talks');
  expect(entry.lines.map(({ who, text }) => [who, text])).toEqual([
    ['linxia', '同意'],
    ['chenyi', '同意'],
  ]);
  expect(lost).toEqual(['1 行和上一条字幕重复，只留了一次']);
});
