import { z } from 'astro/zod';
import { zhCN } from '../i18n/zh-cn.ts';
import { ACCESS } from './audience.ts';
import { CHANNELS, LEVELS, ROLES } from './lists.ts';
import { isTime } from './time.ts';
import { isDate, isWeek } from './week.ts';

/**
 * The fields that forms share. The description of each is a sentence for the person who writes it. Unknown fields stop
 * the build.
 */

/** Lists values with their names: `app（App）、offline（线下）`. */
export const named = (names: Record<string, string>) =>
  Object.entries(names)
    .map(([value, called]) => `${value}（${called}）`)
    .join('、');

export const text = (longest: number) => z.string().trim().min(1).max(longest);

/**
 * A name on a single line. Reports, emails and commands print one name per line: a second line would look like their
 * own output, also to a program that parses it.
 */
export const name = (longest: number) =>
  text(longest).refine((value) => !value.includes('\n'), { error: '要写在一行里' });

/** The title of a book or a course. Pages put it into 《》 themselves. */
export const workTitle = text(120)
  .refine((title) => !/^《.*》$/.test(title), { error: '书名号页面会加' })
  .describe('书名或课名，不加书名号');

/** One value or a list of them; the output is always a list. */
export const oneOrMore = <T extends z.ZodType>(item: T, list = z.array(item).min(1)) =>
  z.union([item, list]).transform((value) => [value].flat() as z.output<T>[]);

/** One text or a list of them. Several texts must be a list, because a text alone may contain a comma. */
export const oneOrMoreTexts = (longest: number, list = z.array(text(longest))) =>
  oneOrMore(
    text(longest).refine((value) => !/[,，、;；]/.test(value), { error: '几个要写成列表' }),
    list,
  );

export const date = z.string().refine(isDate, {
  error: ({ input }) =>
    /^\d{4}-\d\d-\d\d$/.test(input as string) ? '日历上没有这一天' : '不是 YYYY-MM-DD 形式的日期',
});
export const week = z.string().refine(isWeek, { error: '不是 2026-W47 形式的周' });
export const time = z.string().refine(isTime, { error: '不是 分:秒 或 时:分:秒 形式的时间' });
/** A year on its own, as YAML reads it. */
export const year = z.int().min(1800).max(2100);
export const webAddress = z.string().regex(/^https?:\/\/[^\s"'<>\\]+$/, { error: '不是 http(s) 网址' });
/** Names that can be used in an address unchanged. */
export const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/;
/** The id of a topic, series or person: the key or the file name without its extension. */
export const id = z.string().regex(SLUG, { error: '只能用小写字母、数字和连字符' });
/**
 * A reference to such an id. It accepts any text: only with all ids known can the error say which one was meant.
 * Editors don't know the ids, so they check the pattern instead.
 */
export const reference = text(80).meta({ pattern: SLUG.source });
/** The id of an entry: form and file name, `talks/cold-start`. */
export const entryId = z
  .string()
  .regex(/^[a-z]+\/[^/\s]+$/, { error: '要写成 文件夹/文件名，例如 talks/cold-start' });
/** A file in the entry's own folder, as a relative path. */
export const ownFile = z.string().regex(/^[^\\/?#][^\\]*$/, { error: '要写成相对路径，例如 ./audio.mp3' });

export const slug = z
  .string()
  .regex(SLUG, { error: '只能用小写字母、数字和连字符，最多 80 个字符' })
  .optional()
  .describe(
    '网址里的名字，小写字母、数字和连字符；不写就用文件名。网址人人可见，成员内容请写成“日期-四个随机字符”',
  );

export const access = z
  .enum(ACCESS)
  .default('members')
  .describe('谁能读：members（成员，默认）或 public（所有人）');

export const tier = z
  .string()
  .optional()
  .describe('哪一级以上的成员能读，用 tiers.yaml 里的英文名；不写就是 members，所有成员');

export const draft = z.boolean().default(false).describe('true 表示草稿，不会发布');

const people = z
  .strictObject({
    host: oneOrMore(reference).optional().describe('主持：people 里的文件名，几位写成 [linxia, chenyi]'),
    guest: oneOrMore(reference).optional().describe('嘉宾：people 里的文件名，几位写成 [linxia, chenyi]'),
    author: oneOrMore(reference).optional().describe('作者：people 里的文件名，几位写成 [linxia, chenyi]'),
    editor: oneOrMore(reference).optional().describe('编辑：people 里的文件名，几位写成 [linxia, chenyi]'),
    contributor: oneOrMore(reference)
      .optional()
      .describe('供稿：people 里的文件名，几位写成 [linxia, chenyi]'),
    organizer: oneOrMore(reference).optional().describe('组织：people 里的文件名，几位写成 [linxia, chenyi]'),
  })
  .default({})
  .describe(
    '参与的人，按角色写：host、guest、author、editor、contributor、organizer，例如 people: { host: linxia }',
  );

/** The fields of every form except people. */
export const base = {
  title: name(80).describe('标题，1–80 个字；像数字或日期的要加引号'),
  date: date.describe('日期，写成 2026-11-22；晚于今天的到那天才发布'),
  slug,
  topics: oneOrMore(reference, z.array(reference).max(5))
    .default([])
    .describe('主题，最多 5 个，用 topics.yaml 里的英文名，例如 [retention]'),
  summary: text(200).optional().describe('一两句话的摘要，最多 200 个字'),
  people,
  series: reference.optional().describe('所属系列，用 series.yaml 里的英文名；要和 number 一起写'),
  number: z.int().min(1).optional().describe('在系列里是第几篇，从 1 开始；要和 series 一起写'),
  role: oneOrMore(z.enum(ROLES))
    .default([])
    .describe(`讲哪类运营：${named(zhCN.facets.role)}，几类写成 [user, content]`),
  channel: oneOrMore(z.enum(CHANNELS))
    .default([])
    .describe(`讲哪个渠道：${named(zhCN.facets.channel)}，几个写成 [wechat-group, offline]`),
  level: oneOrMore(z.enum(LEVELS))
    .default([])
    .describe(`适合几年经验：${LEVELS.join('、')}，几档写成 [0-1, 1-3]`),
  access,
  tier,
  teaser: z
    .boolean()
    .default(false)
    .describe(
      'true 表示不是成员的人在门外看得到标题、摘要和封面（work.cover），别人转发链接时也显示它们；正文、人名、主题还是只给成员',
    ),
  draft,
  aliases: oneOrMore(id, z.array(id).max(20))
    .default([])
    .describe('用过的旧网址名（slug），最多 20 个，改名后旧链接还能打开'),
  featured: z.boolean().default(false).describe('true 表示放到首页推荐'),
  updated: date.optional().describe('最近一次大改的日期，写成 2026-11-22'),
};

/** For `refine` in every form that can belong to a series: `series` and `number` are only valid together. */
export function seriesIsNumbered(data: {
  series?: string | undefined;
  number?: number | undefined;
}): boolean {
  return (data.series === undefined) === (data.number === undefined);
}

export const seriesNeedsNumber = { error: 'series 和 number 要一起写', path: ['series'] };
