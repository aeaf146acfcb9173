import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';

/**
 * Replaces the other machine with a local shell, which is given the words that ssh would pass on, until the test ends.
 *
 * @param folder - where the script that stands in for ssh is written
 * @returns the path of that script; a test may write another
 */
export function standInForSsh(folder: string): string {
  const script = join(folder, 'ssh.sh');
  writeFileSync(script, 'for words; do :; done\nexec sh -c "$words"\n');
  vi.stubEnv('RSYNC_RSH', `sh ${script}`);
  return script;
}
