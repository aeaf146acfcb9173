import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { digestOf } from '../../src/markdown/cache.ts';
import { listCopied } from '../lib/copied.ts';
import { inheritedEnvironment } from '../lib/environment.ts';
import { digestOfFiles } from '../lib/inputs.ts';
import { CommandError } from '../lib/main.ts';
import { outputOf } from '../lib/run.ts';
import type { Settings } from '../lib/settings.ts';
import { bundleWorker } from './worker.ts';

/** The files of the project that the theme and the service worker are made of. */
const projectFiles = [
  'src',
  'public',
  'scripts/lib/environment.ts',
  'scripts/steps/theme.ts',
  'scripts/steps/worker.ts',
  'astro.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];

/** The most themes kept in the cache: one for each base that a checkout builds for, and a few old ones. */
const KEPT = 8;

/** The site without its content. */
export interface Theme {
  /** The folder with style sheets, scripts and the files of `public/`, as they are published. */
  files: string;
  /** The bundle that renders pages: src/render/entry.ts. */
  entry: string;
  /** The file of the service worker. */
  worker: string;
  /** Changes whenever the theme could make a page look different. */
  digest: string;
}

/**
 * Bundles the theme. The bundle serves all audiences, contents and origins, and is made again only when a file of it
 * changes.
 *
 * @throws CommandError with Astro's output when it fails, or naming a file of `public/` that may not be copied
 */
export async function bundleTheme(settings: Settings): Promise<Theme> {
  const { root, base } = settings;
  // Check first: Astro follows links, and what it has copied stays in the cache.
  listCopied(join(root, 'public'));
  const digest = digestOf(
    JSON.stringify([process.version, process.env.NODE_OPTIONS, base]),
    digestOfFiles(projectFiles.map((name) => join(root, name))),
  );
  const folder = join(settings.cache, 'themes', digest);
  if (!existsSync(folder)) {
    const made = await runAstro(settings);
    writeFileSync(join(made, 'sw.js'), await bundleWorker(settings, join(made, 'client/a')));
    mkdirSync(dirname(folder), { recursive: true });
    try {
      renameSync(made, folder);
    } catch (error) {
      // Another build of this checkout was faster.
      if (!existsSync(folder)) throw error;
    }
    forgetOldest(dirname(folder));
  }
  // Mark the theme as used, so that no other build removes it as an old one.
  const now = new Date();
  utimesSync(folder, now, now);
  return {
    files: join(folder, 'client'),
    entry: join(folder, 'server/entry.mjs'),
    worker: join(folder, 'sw.js'),
    digest,
  };
}

/** @returns the folder with Astro's output */
async function runAstro({ root, work, site }: Settings): Promise<string> {
  // Its own root: see `oneRoot` in astro.config.mjs.
  const own = join(work, 'theme-root');
  for (const folder of [own, join(work, 'theme')]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  const config = relative(own, join(root, 'astro.config.mjs'));
  const { code, output } = await outputOf(
    spawn(process.execPath, [astro, 'build', '--root', own, '--config', config], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inheritedEnvironment(), KB_WORK: work, ...(site && { KB_SITE: site }) },
    }),
  );
  if (code !== 0) throw new CommandError(`${output}\ntheme: Astro failed (see above)`);
  return join(work, 'theme');
}

function forgetOldest(themes: string): void {
  // Another build of this checkout may remove the same themes meanwhile.
  const ageOf = (theme: string) => statSync(theme, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const byAge = readdirSync(themes)
    .map((name) => join(themes, name))
    .sort((a, b) => ageOf(b) - ageOf(a));
  for (const theme of byAge.slice(KEPT)) rmSync(theme, { recursive: true, force: true });
}
