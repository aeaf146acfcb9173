import { join, sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { Connect, Plugin, ViteDevServer } from 'vite';
import { readEnvironment, type Environment } from '../environment.ts';
import { mediaTypeOf } from '../media-types.ts';
import { formatFinding } from '../model/finding.ts';
import { loadExamples, type Examples } from './authoring/examples.ts';
import { handOverExamples } from './authoring/handover.ts';
import { LiveContent } from './live.ts';
import { sendMedia } from './media.ts';
import { LiveSearch } from './search.ts';

/** Milliseconds to wait after a file event: saving one file causes several, and editors may move files meanwhile. */
const SETTLED = 30;

/**
 * The authoring preview: live-reloading content with its media and search, and a banner that lists errors. None of it
 * is in a build.
 */
export function preview(): AstroIntegration {
  return {
    name: 'jinghua:preview',
    hooks: {
      'astro:config:setup': ({ command, injectRoute, injectScript, updateConfig }) => {
        if (command !== 'dev') return;
        updateConfig({ vite: { plugins: [livePlugin()], define: { __PREVIEW__: 'true' } } });
        const entrypoint = new URL('authoring/authoring.astro', import.meta.url);
        injectRoute({ pattern: '/authoring/', entrypoint });
        injectScript('page', `import '/src/preview/banner.ts';`);
      },
    },
  };
}

function livePlugin(): Plugin {
  const environment = readEnvironment();
  const live = new LiveContent(environment);
  let search: LiveSearch | undefined;
  return {
    name: 'jinghua:live-content',
    async configureServer(server) {
      const pageAt = async (address: string) => {
        const response = await fetch(`${originOf(server)}${environment.base}${address}`);
        return response.ok ? await response.text() : undefined;
      };
      search = new LiveSearch((address) =>
        pageAt(address).catch((error: unknown) => {
          // A stopping server cuts off the page being read, and then nobody searches it any more.
          if (server.httpServer?.listening === false) return undefined;
          throw error;
        }),
      );
      const { addresses } = await live.reload();
      report(server, live);
      server.httpServer?.once('listening', () => {
        void search!.follow(addresses, live.content!).then((isDone) => {
          // The server has printed its address already, but in English and before the search could answer.
          if (!isDone) return;
          server.config.logger.info(`打开 ${originOf(server)}${environment.base}/ 看样子，按 Ctrl-C 结束`);
        });
      });
      follow(server, environment.content, live, search);
      server.middlewares.use(answerWith(environment, live, search));
      // Runs after the other plugins and prepends the handler, because Astro prepends its own in the same way.
      return () => {
        server.middlewares.stack.unshift({ route: '', handle: refuseMalformed });
      };
    },
    async closeBundle() {
      await search?.close();
    },
  };
}

/** Answers requests for media, findings and search files, and loads the examples whenever their page is asked for. */
function answerWith(
  environment: Environment,
  live: LiveContent,
  search: LiveSearch,
): Connect.NextHandleFunction {
  let examples: Examples | undefined;
  return (request, response, next) => {
    // Before the page is made: one that changes meanwhile is loaded again for nothing, but none stays as it was.
    response.setHeader('Server-Timing', `changes;desc="${live.changes}"`);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURI(pathname.slice(environment.base.length));
    const media = [...(live.content?.media ?? []), ...(examples?.media ?? [])].find(
      (file) => file.path === path,
    );
    if (path === '/authoring/') {
      loadExamples(environment, live.content?.people.values() ?? []).then((loaded) => {
        examples = loaded;
        handOverExamples(loaded.shown);
        next();
      }, next);
    } else if (media) {
      sendMedia(media, request, response);
    } else if (path === '/__preview/findings.json') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ findings: live.findings, kept: live.kept, changes: live.changes }));
    } else if (path.startsWith('/pagefind/')) {
      search.file(path.slice('/pagefind/'.length)).then((bytes) => {
        if (!bytes) {
          next();
          return;
        }
        response.setHeader('Content-Type', mediaTypeOf(path));
        response.setHeader('Cache-Control', 'no-store');
        response.end(bytes);
      }, next);
    } else {
      next();
    }
  };
}

/**
 * Answers addresses that can't be decoded, like `/%E0%A4%A`, with 400: they are an error of the client, not of the
 * preview.
 */
const refuseMalformed: Connect.NextHandleFunction = (request, response, next) => {
  try {
    decodeURI(request.url ?? '/');
    next();
  } catch {
    response.writeHead(400).end();
  }
};

/** Reloads the content after each change, one reload at a time, and notifies the pages. */
function follow(server: ViteDevServer, folder: string, live: LiveContent, search: LiveSearch): void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const reload = async () => {
    const { addresses, isVisible } = await live.reload();
    report(server, live);
    const { hot } = server.environments.client;
    if (isVisible) hot.send({ type: 'full-reload', path: '*' });
    else hot.send('jinghua:findings', {});
    void search.follow(addresses, live.content!);
  };
  server.watcher.add(folder);
  server.watcher.on('all', (_event, file) => {
    if (!file.startsWith(join(folder, sep))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(reload).catch((error: unknown) => {
        server.config.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      });
    }, SETTLED);
  });
}

function report(server: ViteDevServer, { findings }: LiveContent): void {
  for (const finding of findings) server.config.logger.warn(formatFinding(finding));
}

function originOf(server: ViteDevServer): string {
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('preview: the server does not listen yet');
  return `http://127.0.0.1:${address.port}`;
}
