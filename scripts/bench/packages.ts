import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../lib/main.ts';
import { projectRoot } from '../lib/settings.ts';

/**
 * Installs packages that only a benchmark needs into the work folder, once.
 *
 * @param packages - with their versions, e.g. `lighthouse@13.5.0`
 * @returns the folder that has them in `node_modules`
 * @throws CommandError when npm fails
 */
export function installPackages(packages: readonly string[]): string {
  const folder = join(projectRoot, '.work/bench', packages.join('+').replace(/[^\w.+-]/g, '-'));
  if (!existsSync(join(folder, 'installed'))) {
    console.log(`bench: installing ${packages.join(' ')} into the work folder`);
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
    const { status } = spawnSync('npm', [...args, ...packages], { stdio: 'inherit' });
    if (status !== 0)
      throw new CommandError(`bench: npm could not install ${packages.join(' ')} (see above)`);
    writeFileSync(join(folder, 'installed'), '');
  }
  return folder;
}
