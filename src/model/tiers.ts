import { z } from 'astro/zod';
import { LOWEST_TIER, TIER_ID } from './audience.ts';
import { name } from './fields.ts';

/** Each tier costs a rendering run and a set of keys. */
const MOST = 8;

/**
 * `tiers.yaml`: the tiers above `members`, by id, lowest first. Members of a tier also read everything of the tiers
 * below it.
 */
export const tiersSchema = z
  .record(
    z
      .string()
      .regex(TIER_ID, { error: '等级的英文名以小写字母开头，只用小写字母、数字和连字符，最多 32 个字符' })
      .refine((id) => id !== 'public' && id !== LOWEST_TIER, { error: 'public 和 members 本来就有，不用写' }),
    z.strictObject({ name: name(20).describe('这一级成员叫什么，显示在页面上，例如 深度会员') }),
  )
  .refine((tiers) => Object.keys(tiers).length <= MOST, { error: `最多 ${MOST} 级` })
  .describe('从低到高，一行一级，例如 patrons: { name: 深度会员 }');

export interface Tier {
  id: string;
  name: string;
}
