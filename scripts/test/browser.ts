import { existsSync } from 'node:fs';
import { CommandError } from '../lib/main.ts';
import { findProgram } from '../lib/run.ts';
import { installPackages } from './apt.ts';

// The headless shell comes first: it takes a third less CPU time for the same pages.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * Finds a Chromium, or installs Debian's.
 *
 * @returns the path of the program
 * @throws CommandError saying how to install one if apt-get fails, or that the one in `CHROMIUM` doesn't exist
 */
export function installBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  console.log('test: Chromium not found; installing Debian’s (apt-get, about 200 MB)');
  try {
    installPackages(['chromium-headless-shell']);
  } catch (cause) {
    throw new CommandError(
      'test: Chromium not found, and apt-get could not install it (see above). Install Chromium or Chrome, or set CHROMIUM to its path.',
      1,
      { cause },
    );
  }
  const installed = findBrowser();
  if (!installed) throw new CommandError('test: apt-get installed Chromium, but it is not on the PATH');
  return installed;
}

function findBrowser(): string | undefined {
  const chosen = process.env.CHROMIUM;
  if (chosen && !existsSync(chosen)) throw new CommandError(`CHROMIUM: ${chosen} does not exist`);
  return [chosen, findProgram(...names), macChrome].find((path) => path && existsSync(path));
}
