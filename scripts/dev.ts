import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mediaList, readEnvironment } from '../src/environment.ts';
import type { MediaFile } from '../src/markdown/load.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { runPackage } from './lib/run.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { renderEnvironment } from './steps/render.ts';

const help = `npm run dev: shows content/ as members will see it, on 127.0.0.1, drafts included, and follows every change

Nothing is sealed: don't put this address where others can reach it.
  --static   builds the pages once and serves them as plain files
Environment: KB_CONTENT KB_SITE KB_DATE PORT`;

await runMain(async () => {
  const given = readArguments(help, { static: { type: 'boolean' } });
  if (!given) return;
  const settings = readSettings();
  // A folder of its own: the preview has drafts, which must not come near what a build renders.
  const work = join(settings.work, 'preview');
  const env = { ...renderEnvironment({ ...settings, work }, 'members', settings.content), KB_DRAFTS: '1' };
  if (given.values.static) await serveStatic(settings, env);
  else await serveLive(settings, env);
});

async function serveLive({ port }: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  const where = ['--host', '127.0.0.1', ...(port ? ['--port', String(port)] : [])];
  const { code } = await runPackage('astro/bin/astro.mjs', ['dev', ...where], {
    ...env,
    NODE_ENV: 'development',
    ASTRO_DEV_BACKGROUND: '0',
  });
  process.exitCode = code;
}

async function serveStatic({ base, port }: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironment(env);
  const folder = join(environment.work, 'pages', 'members');
  rmSync(folder, { recursive: true, force: true });
  const { code } = await runPackage('astro/bin/astro.mjs', ['build'], env);
  if (code !== 0) throw new CommandError('dev: the pages could not be rendered (above)');
  const media = JSON.parse(readFileSync(mediaList(environment), 'utf8')) as MediaFile[];
  for (const { path, file } of media) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(file, join(folder, path));
  }
  await serveUntilStopped({ folder, base, port }, (url) => console.log(`READY ${url}`));
}
