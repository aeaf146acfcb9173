import { z } from 'astro/zod';
import { zhCN } from '../i18n/zh-cn.ts';
import { base, named, oneOrMore, seriesIsNumbered, seriesNeedsNumber, text, year } from './fields.ts';
import { CHANNELS } from './lists.ts';

/** 案例拆解: one case, analysed in the same steps as every other. */
export const teardownSchema = z
  .strictObject({
    ...base,
    case: z
      .strictObject({
        name: text(80).describe('案例的名字'),
        company: text(80).optional().describe('哪家公司或品牌'),
        channel: oneOrMore(z.enum(CHANNELS)).describe(
          `在哪个渠道：${named(zhCN.facets.channel)}，几个写成 [wechat-group, offline]`,
        ),
        // A bare `2024` is a number to YAML.
        period: z
          .union([text(80), year])
          .transform(String)
          .describe('什么时候做的，例如 2026 年 3–5 月，或 2024'),
      })
      .describe('案例：name、channel、period，以及可选的 company'),
  })
  .refine(seriesIsNumbered, seriesNeedsNumber);

export type Teardown = z.output<typeof teardownSchema>;
