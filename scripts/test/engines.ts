import { existsSync } from 'node:fs';
import { CommandError } from '../lib/main.ts';
import { findProgram } from '../lib/run.ts';
import { installPackages } from './apt.ts';
import { installBrowser } from './browser.ts';
import { hasSoundServer } from './sound.ts';

/** How to run the end-to-end tests in a browser engine. */
export interface Engine {
  name: string;
  env: NodeJS.ProcessEnv;
  /** The command that the tests are started with, if the engine needs more than a terminal. */
  under: string[];
}

interface Needed {
  /** Programs on the PATH, and other files. */
  files: string[];
  /** The Debian and Ubuntu packages that contain them. */
  packages: string[];
  under: string[];
}

const [soundFiles, soundPackages] = hasSoundServer() ? [[], []] : [['pulseaudio'], ['pulseaudio']];
const plugins = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/gstreamer-1.0`;

/** The programs that each engine's driver starts, and what the engine needs to play recordings. */
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
      // WebKitGTK has no Media Source Extensions without the first, and no sound without the second.
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
    // A virtual display and a session bus.
    under: ['xvfb-run', '-a', 'dbus-run-session', '--'],
  },
};

/** The engines that tests/lib/engines has drivers for. */
export const engineNames = ['chromium', ...Object.keys(needed)];

/**
 * Installs what an engine still needs.
 *
 * @throws CommandError when apt-get fails
 */
export function installEngine(name: string): Engine {
  const env = { ENGINE: name };
  const engine = needed[name];
  if (!engine) return { name, env: { ...env, CHROMIUM: installBrowser() }, under: [] };
  const { files, packages, under } = engine;
  const missing = files.filter(isMissing);
  if (missing.length > 0) {
    console.log(`test: ${missing.join(', ')} not found; installing ${packages.join(', ')} (apt-get)`);
    installPackages(packages);
    const still = files.filter(isMissing);
    if (still.length > 0) {
      throw new CommandError(
        `test: apt-get installed ${packages.join(', ')}, but ${still.join(', ')} is still missing`,
      );
    }
  }
  return { name, env, under };
}

function isMissing(file: string): boolean {
  return file.startsWith('/') ? !existsSync(file) : findProgram(file) === undefined;
}
