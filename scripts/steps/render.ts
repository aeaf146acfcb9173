import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readHistory } from '../../src/history.ts';
import { digestOf } from '../../src/markdown/cache.ts';
import type { Audience } from '../../src/model/audience.ts';
import { digestOfFiles } from '../lib/inputs.ts';
import { CommandError } from '../lib/main.ts';
import { reuse } from '../lib/reuse.ts';
import type { Settings } from '../lib/settings.ts';
import type { Rendered } from '../lib/site.ts';
import type { Sources } from './sources.ts';

/** Everything of the project that a rendering run reads. */
const projectFiles = ['src', 'public', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];

/** How many rendering runs go on at once: each keeps a core busy. */
const atOnce = 2;

/**
 * Renders the pages of every audience.
 *
 * @throws CommandError with Astro's output when a run fails
 */
export async function renderAll(settings: Settings, sources: Sources[]): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  for (let i = 0; i < sources.length; i += atOnce) {
    const runs = sources.slice(i, i + atOnce).map(async ({ audience, folder, stubs, content }) => {
      return { audience, content, pages: await renderPages(settings, audience, folder, stubs) };
    });
    rendered.push(...(await Promise.all(runs)));
  }
  return rendered;
}

/**
 * Renders every page that `audience` may see, in a process of its own that is given `content` and nothing else: what
 * the public run writes can't hold members' text, because that process never saw it. Where the last run had the very
 * same input and its pages stand as it left them, they stay: most weeks change nothing that strangers may see.
 *
 * @returns the folder with the pages
 * @throws CommandError with Astro's output when it fails
 */
export async function renderPages(
  settings: Settings,
  audience: Audience,
  content: string,
  stubs?: string,
): Promise<string> {
  const pages = join(settings.work, 'pages', audience);
  const environment = {
    ...renderEnvironment(settings, audience, content),
    ...(stubs !== undefined && { KB_STUBS: stubs }),
  };
  const inputs = stubs === undefined ? [content] : [content, stubs];
  await reuse(
    pages,
    () => inputDigest(settings, inputs, environment),
    () => runAstro(settings, audience, environment),
  );
  return pages;
}

async function runAstro(
  settings: Settings,
  audience: Audience,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  // Its own root: see `oneRoot` in astro.config.mjs.
  const root = join(settings.work, 'astro', audience);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const astro = join(settings.root, 'node_modules/astro/bin/astro.mjs');
  const config = relative(root, join(settings.root, 'astro.config.mjs'));
  const child = spawn(process.execPath, [astro, 'build', '--root', root, '--config', config], {
    cwd: settings.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  writeFileSync(renderLog(settings, audience), output);
  if (code !== 0)
    throw new CommandError(`${output}\nrender: Astro failed on the pages for "${audience}" (above)`);
}

/** A digest of all that a rendering run reads: equal digests mean equal pages. */
function inputDigest({ root }: Settings, inputs: string[], environment: NodeJS.ProcessEnv): string {
  const { NODE_OPTIONS = '', ...env } = environment;
  const own = Object.entries(env).filter(([name]) => name.startsWith('KB_'));
  return digestOf(
    JSON.stringify({ node: process.version, NODE_OPTIONS, own }),
    JSON.stringify([...readHistory(inputs[0]!)]),
    digestOfFiles([...inputs, ...projectFiles.map((name) => join(root, name))]),
  );
}

/** What Astro said while it rendered an audience's pages, with the time that each took. */
export function renderLog({ work }: Pick<Settings, 'work'>, audience: Audience): string {
  return join(work, 'astro', `${audience}.log`);
}

/** The environment of one rendering run. The secret is not in it. */
export function renderEnvironment(
  settings: Settings,
  audience: Audience,
  content: string,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KB_'));
  return {
    ...Object.fromEntries(inherited),
    KB_AUDIENCE: audience,
    KB_CONTENT: content,
    KB_WORK: settings.work,
    KB_DATE: settings.date,
    ...(settings.site && { KB_SITE: settings.site }),
    ASTRO_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  };
}
