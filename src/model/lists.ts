/** Closed lists of values: facets that every entry can have, so that pages and search can filter by them. */

/** The field of operations that a piece is about: 用户、内容、活动、社群、产品、增长. */
export const ROLES = ['user', 'content', 'event', 'community', 'product', 'growth'] as const;
export type Role = (typeof ROLES)[number];

/** The channel that a piece is about: 微信群、公众号、视频号、小程序、小红书、抖音、App、线下、邮件、其他. */
export const CHANNELS = [
  'wechat-group',
  'official-account',
  'video-account',
  'mini-program',
  'xiaohongshu',
  'douyin',
  'app',
  'offline',
  'email',
  'other',
] as const;

/** The years of experience that a piece is meant for: 0–1、1–3、3 年以上. */
export const LEVELS = ['0-1', '1-3', '3+'] as const;
export type Level = (typeof LEVELS)[number];

/** Kinds of notes: 经验、读书、工具、面试、资料. */
export const NOTE_KINDS = ['extra', 'reading', 'tool', 'interview', 'file'] as const;
