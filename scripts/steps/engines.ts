import { CommandError } from '../lib/main.ts';
import { findProgram } from '../lib/run.ts';
import { installPackages } from './apt.ts';
import { installBrowser } from './browser.ts';

/** How to run the end-to-end tests over an engine. */
export interface Engine {
  name: string;
  env: NodeJS.ProcessEnv;
  /** What the tests are started by, where the engine needs more than a terminal. */
  under: string[];
}

/** Programs of each engine that its driver starts, with the packages of Debian and Ubuntu that bring them. */
const needed: Record<string, { programs: string[]; packages: string[]; under: string[] }> = {
  firefox: { programs: ['firefox-esr'], packages: ['firefox-esr'], under: [] },
  webkit: {
    programs: ['WebKitWebDriver', 'xvfb-run', 'xauth', 'dbus-run-session'],
    packages: ['webkit2gtk-driver', 'xvfb', 'xauth', 'dbus'],
    // A display of its own and a session bus.
    under: ['xvfb-run', '-a', 'dbus-run-session', '--'],
  },
};

/** The engines that there are drivers for, in tests/lib/engines. */
export const engineNames = ['chromium', ...Object.keys(needed)];

/**
 * Installs what of an engine is missing.
 *
 * @throws CommandError where apt can't
 */
export function installEngine(name: string): Engine {
  const env = { ENGINE: name };
  const engine = needed[name];
  if (!engine) return { name, env: { ...env, CHROMIUM: installBrowser() }, under: [] };
  const { programs, packages, under } = engine;
  const isMissing = (program: string) => findProgram(program) === undefined;
  const missing = programs.filter(isMissing);
  if (missing.length > 0) {
    console.log(`test: no ${missing.join(', ')} here; installing ${packages.join(', ')} (apt-get)`);
    installPackages(packages);
    const still = programs.filter(isMissing);
    if (still.length > 0) {
      throw new CommandError(
        `test: apt-get installed ${packages.join(', ')}, but ${still.join(', ')} is not on the PATH`,
      );
    }
  }
  return { name, env, under };
}
