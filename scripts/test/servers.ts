import { existsSync } from 'node:fs';
import { readSettings } from '../lib/settings.ts';
import { installPackages, mayInstall } from './apt.ts';

/** The programs that the tests of publishing need, by the Debian and Ubuntu packages that contain them. */
const needed = {
  'nginx-light': '/usr/sbin/nginx',
  'openssh-server': '/usr/sbin/sshd',
  rsync: '/usr/bin/rsync',
};

/** Whether the tests of publishing are skipped here. Never in CI: there they fail if something is missing. */
export function lacksServers(): boolean {
  return missingServers().length > 0 && !readSettings().ci;
}

/**
 * Installs the web server, ssh and rsync for the tests of publishing, if system packages may be installed without
 * asking.
 *
 * @returns what will not be tested otherwise, and how to install it; undefined if nothing is missing any more
 * @throws CommandError when apt-get fails
 */
export function installServers(): string | undefined {
  const missing = missingServers();
  if (missing.length === 0) return undefined;
  if (!mayInstall()) {
    return `skipped the tests that publish through real servers (tests/publish): ${missing.join(', ')} not found. To run them too: sudo apt-get install ${missing.join(' ')} (Debian, Ubuntu)`;
  }
  console.log(`test: ${missing.join(', ')} not found; installing (apt-get)`);
  installPackages(missing);
  return undefined;
}

function missingServers(): string[] {
  return Object.entries(needed).flatMap(([name, program]) => (existsSync(program) ? [] : [name]));
}
