import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serialize } from 'node:v8';
import { cardOf, listsOf } from '../../src/catalogue.ts';
import { bodiesFolder } from '../../src/environment.ts';
import type { Shown } from '../../src/handover.ts';
import type { Audience } from '../../src/model/audience.ts';
import { CommandError } from '../lib/main.ts';
import { outputOf } from '../lib/run.ts';
import type { Settings } from '../lib/settings.ts';
import type { Rendered } from '../lib/site.ts';
import type { Sources } from './sources.ts';
import { inheritedEnvironment, type Theme } from './theme.ts';

/** How many rendering runs go on at once: each keeps a core busy. */
const atOnce = 2;

/**
 * Renders the pages of every audience.
 *
 * @throws CommandError with what a run printed when it fails
 */
export async function renderAll(settings: Settings, theme: Theme, sources: Sources[]): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  for (let i = 0; i < sources.length; i += atOnce) {
    const runs = sources.slice(i, i + atOnce).map(async (source) => {
      const { audience, content } = source;
      return { audience, content, pages: await renderPages(settings, theme, source) };
    });
    rendered.push(...(await Promise.all(runs)));
  }
  return rendered;
}

/**
 * Renders every page that an audience may see, in a process of its own that is given what it may read and nothing else:
 * what the public run writes can't hold members' text, because that process never saw it. Pages stay that the last run
 * made and that nothing they show has changed for (scripts/render/).
 *
 * @returns the folder with the pages
 * @throws CommandError with what the run printed when it fails
 */
export async function renderPages(
  settings: Settings,
  theme: Theme,
  { audience, folder, content }: Sources,
  drafts = false,
): Promise<string> {
  const pages = join(settings.work, 'pages', audience);
  const shown = join(settings.work, 'shown', audience);
  mkdirSync(dirname(shown), { recursive: true });
  const bodies = bodiesFolder({ work: settings.work, audience });
  writeFileSync(
    shown,
    serialize({
      cards: content.entries.map((entry) => cardOf(entry, bodies)),
      lists: listsOf(content),
    } satisfies Shown),
  );
  const program = join(settings.root, 'scripts/render/run.ts');
  const { code, output } = await outputOf(
    spawn(process.execPath, [program, theme.entry, theme.digest, shown, pages], {
      // Entries name their files as seen from here.
      cwd: process.cwd(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: renderEnvironment(settings, audience, folder, drafts),
    }),
  );
  if (code !== 0) throw new CommandError(`${output}\nrender: failed on the pages for "${audience}" (above)`);
  return pages;
}

/** The environment of one rendering run. */
export function renderEnvironment(
  settings: Settings,
  audience: Audience,
  content: string,
  drafts: boolean,
): NodeJS.ProcessEnv {
  return {
    ...inheritedEnvironment(),
    KB_AUDIENCE: audience,
    KB_CONTENT: content,
    KB_WORK: settings.work,
    KB_DATE: settings.date,
    ...(settings.site && { KB_SITE: settings.site }),
    ...(drafts && { KB_DRAFTS: '1' }),
  };
}
