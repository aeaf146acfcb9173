import { z } from 'astro/zod';
import {
  base,
  oneOrMoreTexts,
  ownFile,
  seriesIsNumbered,
  seriesNeedsNumber,
  text,
  webAddress,
  workTitle,
  year,
} from './fields.ts';

/** 拆书、拆课: what a book or course says and what to apply of it. */
export const breakdownSchema = z
  .strictObject({
    ...base,
    work: z
      .strictObject({
        kind: z.enum(['book', 'course']).describe('book（书）或 course（课）'),
        title: workTitle,
        authors: oneOrMoreTexts(80, z.array(text(80)).min(1)).describe('作者或讲师列表，例如 [乔纳·伯杰]'),
        publisher: text(80).describe('出版社或平台'),
        year: year.describe('出版或上线的年份，四位数字'),
        isbn: z
          .string()
          .regex(/^(?:\d{9}[\dX]|97[89]\d{10})$/, { error: '不是 10 位或 13 位的 ISBN' })
          .optional()
          .describe('ISBN，10 位或 13 位，不带连字符，要加引号'),
        rating: z.number().min(0).max(10).optional().describe('评分，0–10'),
        url: webAddress.optional().describe('介绍页的网址，以 https:// 开头'),
        cover: ownFile.optional().describe('封面图，放在同一文件夹里，写成 ./cover.jpg'),
      })
      .describe('拆的是什么：kind、title、authors、publisher、year，以及可选的 isbn、rating、url、cover'),
    for: text(200).describe('适合谁看，一句话'),
  })
  .refine(seriesIsNumbered, seriesNeedsNumber);

export type Breakdown = z.output<typeof breakdownSchema>;
