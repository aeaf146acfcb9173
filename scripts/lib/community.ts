import { z } from 'astro/zod';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMS } from '../../src/model/form.ts';
import { site, type Site } from '../../src/site.ts';
import { CommandError } from './main.ts';
import { projectRoot } from './settings.ts';

const named = z.string().trim().min(1);

/** The type {@link Site}, for people who edit the file without an editor that knows types. */
const schema: z.ZodType<Site> = z.strictObject({
  name: named,
  mark: named,
  tagline: z.string(),
  description: z.string(),
  language: z.enum(['zh-CN', 'en']),
  contact: z.strictObject({ who: named, how: z.string() }),
  join: z.string(),
  crawlers: z.enum(['none', 'public pages']),
  themeColor: z.strictObject({ light: named, dark: named }),
  activeFiles: z.array(z.string()),
  cadence: z.array(
    z.strictObject({
      form: z.enum(FORMS.filter((form) => form !== 'people')),
      every: z.enum(['week', 'month']),
      least: z.int().min(1),
      day: z.int().min(1).max(7).exactOptional(),
    }),
  ),
});

/**
 * Checks the community's settings: without a name, every page would be called “undefined”.
 *
 * @throws CommandError naming the line and each field that is missing, wrong or unknown
 */
export function assertCommunity(settings: unknown = site): void {
  const { error } = schema.safeParse(settings);
  if (!error) return;
  const lines = readFileSync(join(projectRoot, 'src/site.ts'), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('export const site'));
  const faults = error.issues.map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys] : issue.path;
    // A missing field has no line of its own.
    const at = lines.findIndex((line, index) => index > start && line.startsWith(`  ${String(path[0])}:`));
    return `src/site.ts:${(at < 0 ? start : at) + 1}: ${path.join('.')}: ${issue.message}`;
  });
  throw new CommandError(
    [...faults, 'What each field means is written at the top of src/site.ts.'].join('\n'),
  );
}
