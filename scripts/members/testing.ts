import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { readSettings, type Settings } from '../lib/settings.ts';

// What the tests of `members` share.

/** The members file of {@link membersFolder}. */
export const written = `# who may come in
- id: anna # the first
- id: ben
  expires: 2026-12-01

# gone
- id: carl
  removed: 2026-11-01
- id: dora
  expires: 2026-10-31
`;

/** Creates a folder with a members file and tiers. Returns settings for it: it is `content`. */
export function membersFolder(): Settings {
  const folder = temporaryFolder();
  const members = join(folder, 'members.yaml');
  writeFileSync(members, written);
  writeFileSync(join(folder, 'tiers.yaml'), 'gold: { name: 金卡 }\nplatinum: { name: 白金卡 }\n');
  return { ...readSettings({}), content: folder, members, date: '2026-11-22', site: 'https://kb.example' };
}
