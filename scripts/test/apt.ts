import { spawnSync } from 'node:child_process';
import { CommandError } from '../lib/main.ts';
import { findProgram } from '../lib/run.ts';
import { readSettings } from '../lib/settings.ts';

/** Whether system packages may be installed without asking: in CI, or as root on Debian or Ubuntu. */
export function mayInstall(): boolean {
  return readSettings().ci || (process.getuid?.() === 0 && findProgram('apt-get') !== undefined);
}

/**
 * Installs packages of Debian or Ubuntu, as root or with passwordless sudo.
 *
 * @throws CommandError naming the packages when apt-get fails
 */
export function installPackages(packages: string[]): void {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
  ]) {
    const [program = '', ...rest] = [...asRoot, 'apt-get', ...args];
    const { status } = spawnSync(program, rest, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0)
      throw new CommandError(`test: apt-get could not install ${packages.join(' ')} (see above)`);
  }
}
