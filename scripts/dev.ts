import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { mediaList, readEnvironment } from '../src/environment.ts';
import { loadContent, type MediaFile } from '../src/markdown/load.ts';
import { writeFiles } from './lib/folder.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { renderEnvironment } from './steps/render.ts';
import { indexAll } from './steps/search.ts';

const help = `npm run dev: shows content/ as members will see it, on 127.0.0.1, drafts included, and follows every change

Nothing is sealed: don't put this address where others can reach it.
  --static   builds the pages once and serves them as plain files
Environment: KB_CONTENT KB_SITE KB_DATE PORT (see README).`;

await runMain(async () => {
  const given = readArguments(help, { static: { type: 'boolean' } });
  if (!given) return;
  const settings = readSettings();
  // A folder of its own: the preview has drafts, which must not come near what a build renders.
  const work = join(settings.work, 'preview');
  const env = { ...renderEnvironment({ ...settings, work }, 'members', settings.content), KB_DRAFTS: '1' };
  if (given.values.static) await serveStatic(settings, env);
  else await serveLive({ ...settings, work }, env);
});

async function serveLive({ root, work, port }: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  // A root of its own, as a build has: previews of two folders go on side by side.
  const own = join(work, 'astro');
  mkdirSync(own, { recursive: true });
  const where = ['--root', own, '--config', relative(own, join(root, 'astro.config.mjs'))];
  const address = ['--host', '127.0.0.1', ...(port ? ['--port', String(port)] : [])];
  await runAstro(root, ['dev', ...where, ...address], {
    ...env,
    NODE_ENV: 'development',
    KB_LIVE: '1',
    // Astro would otherwise detach itself under some terminals and outlive this command.
    ASTRO_DEV_BACKGROUND: '0',
  });
}

async function serveStatic(
  { root, content, cache, date, base, port }: Settings,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const environment = readEnvironment(env);
  const folder = join(environment.work, 'pages', 'members');
  rmSync(folder, { recursive: true, force: true });
  const code = await runAstro(root, ['build'], env);
  if (code !== 0) throw new CommandError('dev: the pages could not be rendered (above)');
  const media = JSON.parse(readFileSync(mediaList(environment), 'utf8')) as MediaFile[];
  for (const { path, file } of media) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(file, join(folder, path));
  }
  const loaded = await loadContent({
    root: content,
    cache: join(cache, 'content'),
    date,
    drafts: true,
    base,
  });
  // The pages of a preview open two bundles; the members' has everything.
  const bundles = await indexAll({ root, work: environment.work }, [
    { audience: 'public', pages: join(environment.work, 'no-pages'), content: loaded },
    { audience: 'members', pages: folder, content: loaded },
  ]);
  for (const { audience, search } of bundles) writeFiles(join(folder, 'pagefind', audience), search);
  await serveUntilStopped({ folder, base, port }, (url) => console.log(`READY ${url}`));
}

/** Runs Astro in this terminal until it ends by itself or is stopped; gives its exit code, 0 when stopped. */
async function runAstro(root: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  const child = spawn(process.execPath, [astro, ...args], { cwd: root, env, stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop);
  return code ?? 0;
}
