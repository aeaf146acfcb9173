import { z } from 'astro/zod';
import { access, date, draft, name, oneOrMoreTexts, slug, text, tier } from './fields.ts';

/** 人: guests, staff, and members who introduce themselves. The body is the introduction. */
export const personSchema = z.strictObject({
  name: name(40).describe('名字，显示在页面上'),
  role: text(80).describe('做什么的，一句话，例如 增长运营'),
  titles: oneOrMoreTexts(80).default([]).describe('头衔列表，例如 [2026 年度嘉宾]'),
  joined: date.describe('加入的日期，写成 2026-11-22'),
  sample: z.boolean().default(false).describe('true 表示示例人物，页面会写明'),
  slug,
  aliases: oneOrMoreTexts(40).default([]).describe('别名列表，搜索时也能找到'),
  access,
  tier,
  draft,
});

export type Person = z.output<typeof personSchema>;
