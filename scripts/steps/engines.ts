import { existsSync } from 'node:fs';
import { CommandError } from '../lib/main.ts';
import { findProgram } from '../lib/run.ts';
import { installPackages } from './apt.ts';
import { installBrowser } from './browser.ts';
import { hasSoundServer } from './sound.ts';

/** How to run the end-to-end tests over an engine. */
export interface Engine {
  name: string;
  env: NodeJS.ProcessEnv;
  /** What the tests are started by, where the engine needs more than a terminal. */
  under: string[];
}

interface Needed {
  /** Programs on the PATH and other files. */
  files: string[];
  /** The packages of Debian and Ubuntu that bring them. */
  packages: string[];
  under: string[];
}

const [soundFiles, soundPackages] = hasSoundServer() ? [[], []] : [['pulseaudio'], ['pulseaudio']];
const plugins = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/gstreamer-1.0`;

/** What each engine's driver starts, and what it takes for recordings to play there. */
const needed: Record<string, Needed> = {
  firefox: {
    files: ['firefox-esr', ...soundFiles],
    packages: ['firefox-esr', ...soundPackages],
    under: [],
  },
  webkit: {
    files: [
      'WebKitWebDriver',
      'xvfb-run',
      'xauth',
      'dbus-run-session',
      // WebKitGTK has no media source without the first, and no sound without the second.
      `${plugins}/libgstdebugutilsbad.so`,
      `${plugins}/libgstpulseaudio.so`,
      ...soundFiles,
    ],
    packages: [
      'webkit2gtk-driver',
      'xvfb',
      'xauth',
      'dbus',
      'gstreamer1.0-plugins-bad',
      'gstreamer1.0-pulseaudio',
      ...soundPackages,
    ],
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
  const { files, packages, under } = engine;
  const missing = files.filter(isMissing);
  if (missing.length > 0) {
    console.log(`test: no ${missing.join(', ')} here; installing ${packages.join(', ')} (apt-get)`);
    installPackages(packages);
    const still = files.filter(isMissing);
    if (still.length > 0) {
      throw new CommandError(
        `test: apt-get installed ${packages.join(', ')}, but ${still.join(', ')} is not there`,
      );
    }
  }
  return { name, env, under };
}

function isMissing(file: string): boolean {
  return file.startsWith('/') ? !existsSync(file) : findProgram(file) === undefined;
}
