import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Audience } from '../../src/model/audience.ts';
import { CommandError } from '../lib/main.ts';
import { outputOf } from '../lib/run.ts';
import type { Settings } from '../lib/settings.ts';
import type { Rendered } from '../lib/site.ts';
import type { Sources } from './sources.ts';
import { inheritedEnvironment, type Theme } from './theme.ts';

/** How many rendering runs go on at once: each keeps a core busy. */
const atOnce = 2;

/** What is not the same for every run. */
interface More {
  /** Of a folder that was taken out for an audience: the file of what it names and does not have. */
  stubs?: string | undefined;
  /** Are drafts shown? Only the authoring preview does. */
  drafts?: boolean;
}

/**
 * Renders the pages of every audience.
 *
 * @throws CommandError with what a run printed when it fails
 */
export async function renderAll(settings: Settings, theme: Theme, sources: Sources[]): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  for (let i = 0; i < sources.length; i += atOnce) {
    const runs = sources.slice(i, i + atOnce).map(async ({ audience, folder, stubs, content }) => {
      return { audience, content, pages: await renderPages(settings, theme, audience, folder, { stubs }) };
    });
    rendered.push(...(await Promise.all(runs)));
  }
  return rendered;
}

/**
 * Renders every page that `audience` may see, in a process of its own that is given `content` and nothing else: what
 * the public run writes can't hold members' text, because that process never saw it. Pages stay that the last run made
 * and that nothing they show has changed for (scripts/render/).
 *
 * @returns the folder with the pages
 * @throws CommandError with what the run printed when it fails
 */
export async function renderPages(
  settings: Settings,
  theme: Theme,
  audience: Audience,
  content: string,
  more: More = {},
): Promise<string> {
  const pages = join(settings.work, 'pages', audience);
  const program = join(settings.root, 'scripts/render/run.ts');
  const { code, output } = await outputOf(
    spawn(process.execPath, [program, theme.entry, theme.digest, pages], {
      cwd: settings.root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: renderEnvironment(settings, audience, content, more),
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
  { stubs, drafts = false }: More,
): NodeJS.ProcessEnv {
  return {
    ...inheritedEnvironment(),
    KB_AUDIENCE: audience,
    KB_CONTENT: content,
    KB_WORK: settings.work,
    KB_CACHE: settings.cache,
    KB_DATE: settings.date,
    ...(settings.site && { KB_SITE: settings.site }),
    ...(stubs !== undefined && { KB_STUBS: stubs }),
    ...(drafts && { KB_DRAFTS: '1' }),
  };
}
