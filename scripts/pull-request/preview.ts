import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueToken, parseSecret } from '../../src/vault/index.ts';
import { writePrivately } from '../lib/folder.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { sizeOf, type Size } from '../lib/size.ts';
import type { Survey } from './survey.ts';

/** A site that was built for review. */
export interface Preview extends Size {
  /** Opens this site and no other. */
  token: string;
}

const member = 'preview';

/** The files of a preview, in the folder that one run passes to the other. */
export const previewParts = { site: 'site', key: 'key' } as const;

/**
 * Builds the site into `folder`, sealed with a new secret that is not stored. Even if the environment sets the real
 * secret, it never seals content that is not merged.
 *
 * @throws CommandError when the build fails
 */
export async function buildPreview(
  settings: Settings,
  folder: string,
  { entries, tier }: Survey,
): Promise<Preview> {
  const secret = randomBytes(32).toString('hex');
  mkdirSync(folder, { recursive: true });
  const members = join(settings.work, 'preview-members.yaml');
  mkdirSync(settings.work, { recursive: true });
  writeFileSync(members, `- id: ${member}\n  tier: ${tier}\n`);
  const site = join(folder, previewParts.site);
  const { status } = spawnSync(process.execPath, [join(settings.root, 'scripts', 'build.ts')], {
    stdio: 'inherit',
    env: {
      ...process.env,
      KB_SECRET: secret,
      KB_MEMBERS: members,
      KB_OUT: site,
      // The latest date of the entries, so that all of them are shown.
      KB_DATE: [settings.date, ...entries.map(({ entry }) => entry.date)].sort().at(-1),
    },
  });
  if (status !== 0) throw new CommandError('pull-request: the preview could not be built (see above)');

  const token = await issueToken(parseSecret(secret), member, 1);
  writePrivately(join(folder, previewParts.key), `${token}\n`);
  return { token, ...sizeOf(site) };
}
