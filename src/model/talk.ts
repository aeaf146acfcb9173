import { z } from 'astro/zod';
import {
  base,
  oneOrMore,
  ownFile,
  reference,
  seriesIsNumbered,
  seriesNeedsNumber,
  text,
  time,
} from './fields.ts';

/** 大咖直播: a guest's talk, with transcript and recording. */
export const talkSchema = z
  .strictObject({
    ...base,
    speakers: oneOrMore(reference).describe('主讲人列表，至少一位，用 people 里的文件名，例如 [linxia]'),
    audio: ownFile
      .regex(/\.mp3$/i, { error: '只支持 .mp3' })
      .optional()
      .describe('录音，放在同一文件夹里的 MP3，写成 ./audio.mp3'),
    duration: time.optional().describe('时长，写成 45:30 或 1:02:03'),
    chapters: z
      .array(
        z.strictObject({
          t: time.describe('这一章开始的时间，写成 12:34 或 1:02:03'),
          title: text(80).describe('这一章的标题'),
        }),
      )
      .default([])
      .describe('章节列表，按时间先后写，每项是 { t: 12:34, title: 标题 }'),
  })
  .refine(seriesIsNumbered, seriesNeedsNumber);

export type Talk = z.output<typeof talkSchema>;
