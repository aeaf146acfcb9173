import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatFinding } from '../src/model/finding.ts';
import { readEverything } from './lib/content.ts';
import { inheritedEnvironment } from './lib/environment.ts';
import { listFiles, writeFiles } from './lib/folder.ts';
import { CommandError, readArguments, runMain } from './lib/main.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { readSettings, type Settings } from './lib/settings.ts';
import { markUsed } from './lib/work-folders.ts';
import { renderEnvironment, renderPages } from './steps/render.ts';
import { indexAll } from './steps/search.ts';
import { bundleTheme } from './steps/theme.ts';

const help = `npm run dev: previews content/ on 127.0.0.1 as members will see it, with drafts and pieces of a later date, and
follows every change

Nothing is sealed: don't make this address reachable for others.
  --static   builds the pages once and serves them as plain files
Environment: KB_CONTENT KB_SITE KB_DATE PORT (see docs/operations.md).`;

await runMain(async () => {
  const given = readArguments(help, { static: { type: 'boolean' } });
  if (!given) return;
  const settings = readSettings();
  markUsed(settings.work);
  // The preview has its own work folder: it contains drafts, which must never mix with what a build renders.
  const preview = { ...settings, work: join(settings.work, 'preview') };
  if (given.values.static) await serveStatic(preview);
  else await serveLive(preview);
});

async function serveLive(settings: Settings): Promise<void> {
  const { root, work, content, port } = settings;
  // Each preview has its own Astro root, as a build has, so that previews of two content folders can run side by side.
  const own = join(work, 'astro');
  mkdirSync(own, { recursive: true });
  const where = ['--root', own, '--config', relative(own, join(root, 'astro.config.mjs'))];
  const address = ['--host', '127.0.0.1', ...(port ? ['--port', String(port)] : [])];
  await runAstro(root, ['dev', ...where, ...address], {
    ...inheritedEnvironment(),
    ...renderEnvironment(settings, 'members', content, true),
    NODE_ENV: 'development',
    // Astro would otherwise detach itself under some terminals and outlive this command.
    ASTRO_DEV_BACKGROUND: '0',
  });
}

async function serveStatic(settings: Settings): Promise<void> {
  const { root, work, content, base, port } = settings;
  const folder = join(work, 'static');
  rmSync(folder, { recursive: true, force: true });
  const theme = await bundleTheme(settings);
  const loaded = await readEverything(settings);
  for (const finding of loaded.findings) console.warn(formatFinding(finding));
  const source = { audience: 'members', folder: content, content: loaded };
  const pages = await renderPages(settings, theme, source, { drafts: true });
  for (const from of [theme.files, pages]) cpSync(from, folder, { recursive: true });
  for (const { path, file } of loaded.media) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(file, join(folder, path));
  }
  // The preview's pages load two search bundles. The members' one has everything, so the public one is empty.
  const bundles = await indexAll({ root, work }, [
    { audience: 'public', pages: join(work, 'no-pages'), content: loaded },
    { audience: 'members', pages, content: loaded },
  ]);
  for (const { audience, search } of bundles) writeFiles(join(folder, 'pagefind', audience), search);
  // Compress as hosts do, so that measurements here match what readers wait for.
  for (const file of listFiles(folder).filter((one) => /\.(?:html|css|js|json)$/.test(one))) {
    writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file))));
  }
  await serveUntilStopped({ folder, base, port, gzip: true, onRequest: refuseOtherNames }, (url) =>
    console.log(`READY ${url}`),
  );
}

/**
 * Refuses requests under any other host name. By DNS rebinding, a foreign page could otherwise read unsealed content.
 */
function refuseOtherNames({ headers: { host = '' } }: IncomingMessage, response: ServerResponse): void {
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host)) response.writeHead(403).end();
}

/** Runs Astro in this terminal until it is stopped. */
async function runAstro(root: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  const child = spawn(process.execPath, [astro, ...args], { cwd: root, env, stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  // Vite exits with 143 when it is stopped.
  if (code && !child.killed) throw new CommandError('dev: the preview failed (see above)');
}
