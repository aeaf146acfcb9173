import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { imported } from './testing.ts';

/** Imports a file as a talk; returns its lines as [who, seconds, text], and what was lost. */
async function talk(name: string, source: string, flags: Record<string, string> = {}, who: string[] = []) {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, source);
  const { entry, lost } = await imported(file, 'talks', flags, who);
  return { lines: entry.lines.map((line) => [line.who, line.t, line.text]), lost };
}

/** As Zoom writes them. */
const zoom = (...said: string[]) =>
  `WEBVTT\n${said.map((text, at) => `\n${at + 1}\n00:00:${10 + at * 9}.310 --> 00:00:${15 + at * 9}.800\n${text}\n`).join('')}`;

test('Zoom: a name of several words before the colon is a speaker', async () => {
  const file = zoom('Lin Xia: 大家好。', 'Lin Xia: 今天讲冷启动。', '陈一: 我补充一下。');
  const { lines, lost } = await talk('a.vtt', file, {}, ['Lin Xia=linxia']);
  expect(lines).toEqual([
    ['linxia', 10, '大家好。'],
    ['linxia', 19, '今天讲冷启动。'],
    ['chenyi', 28, '我补充一下。'],
  ]);
  expect(lost).toEqual([]);
});

test('Zoom: an unknown name of several words is refused, unlike words that end with a colon', async () => {
  await expect(talk('a.vtt', zoom('Vivian Chen: 大家好。', '林夏: 你好。'))).rejects.toThrow(
    '--who "Vivian Chen=',
  );
  await expect(talk('a.vtt', zoom('林夏: 好', 'Wei-Ran O’Neil: 一', 'Wei-Ran O’Neil: 二'))).rejects.toThrow(
    'Wei-Ran O’Neil',
  );
  const once = zoom('林夏: 大家好。', 'So my point is: 先别建群。');
  expect((await talk('a.vtt', once)).lines.map(([, , text]) => text)).toEqual([
    '大家好。',
    'So my point is: 先别建群。',
  ]);
});

test('Teams: the names of cues are not reported as lost text, and texts without a time are', async () => {
  const id = '1b6c0c2d-8d3b-4d4c-9d1e-b1c2f6a1c1ab/8';
  const cue = (at: number, text: string) => `${id}-${at}\n00:00:0${at}.012 --> 00:00:0${at}.923\n${text}\n`;
  const file = `WEBVTT\n\n${cue(4, '<v 林夏>大家好，今天讲的是\n冷启动。</v>')}\n${cue(6, '<v 陈一>我补充。</v>')}\n没有时间的话\n`;
  const { lines, lost } = await talk('a.vtt', file);
  expect(lines).toEqual([
    ['linxia', 4, '大家好，今天讲的是冷启动。'],
    ['chenyi', 6, '我补充。'],
  ]);
  expect(lost).toEqual(['第 12 行起没有时间，没有带过来：“没有时间的话”']);
});

test('VTT: two voices in one cue are two speakers', async () => {
  const file =
    'WEBVTT\n\n00:01.000 --> 00:03.000\n<v 林夏>为什么不建群？</v>\n<v 陈一>因为没有人。</v>\n\n00:03.000 --> 00:05.000\n<v 陈一>先写名单。</v>\n';
  expect((await talk('a.vtt', file)).lines).toEqual([
    ['linxia', 1, '为什么不建群？'],
    ['chenyi', 1, '因为没有人。先写名单。'],
  ]);
});

test('YouTube: words after a time within a cue are kept, once', async () => {
  const file = [
    'WEBVTT\nKind: captions\nLanguage: zh-Hans\n',
    '00:00:00.080 --> 00:00:02.389 align:start position:0%\n \n大家好<00:00:00.500><c>今天讲</c><00:00:01.500><c>冷启动</c>\n',
    '00:00:02.389 --> 00:00:02.399 align:start position:0%\n大家好今天讲冷启动\n \n',
    '00:00:02.399 --> 00:00:05.000 align:start position:0%\n大家好今天讲冷启动\n先说<00:00:03.000><c>一个</c><00:00:03.500><c>数字</c>\n',
  ].join('\n');
  const { lines, lost } = await talk('a.zh-Hans.vtt', file, { speakers: 'linxia' });
  expect(lines).toEqual([['linxia', 0, '大家好今天讲冷启动，先说一个数字']]);
  expect(lost.join()).not.toContain('没有时间');
});

test('SRT: positions behind the times are no text, and a text there is', async () => {
  const file =
    '1\n00:00:06,000 --> 00:00:09,000  X1:100 X2:200 Y1:1 Y2:2\n大家好。\n\n2\n00:00:10,000 --> 00:00:12,000 写在同一行。\n';
  expect((await talk('a.srt', file, { speakers: 'linxia' })).lines).toEqual([
    ['linxia', 6, '大家好。写在同一行。'],
  ]);
});

test('Whisper: its lines with both times are subtitles in a text file', async () => {
  const file =
    'Detecting language: Chinese\n[00:00.000 --> 00:03.000]  大家好，今天讲冷启动。\n[00:03.000 --> 00:09.440]  先说一个数字。\n[01:02:03.250 --> 01:02:10.000]  谢谢大家。\n';
  const { lines, lost } = await talk('a.txt', file, { speakers: 'linxia' });
  expect(lines).toEqual([
    ['linxia', 0, '大家好，今天讲冷启动。先说一个数字。'],
    ['linxia', 3723, '谢谢大家。'],
  ]);
  expect(lost).toEqual(['第 1 行起没有时间，没有带过来：“Detecting language: Chinese”']);
});

test('VTT: cues whose voices say nothing are refused like a file without content', async () => {
  const file = 'WEBVTT\n\n00:01.000 --> 00:03.000\n<v 林夏></v>\n';
  await expect(talk('a.vtt', file)).rejects.toThrow('没有能带过来的内容');
});
