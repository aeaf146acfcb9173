import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { readIfThere } from './folder.ts';
import { CommandError } from './main.ts';

/** The first port to try when none is set. */
export const defaultPort = 4321;

export interface ServeOptions {
  folder: string;
  /** The path of the site below its origin: '' or '/repo'. */
  base: string;
  /** The port to listen on; an error if it is busy. Default: the first free one from 4321 on. */
  port?: number | undefined;
  /** Whether to answer FILE with FILE.gz, where there is one, for clients that accept gzip. */
  gzip?: boolean;
  /** Is called with each request before it is answered; if it returns a promise, the answer waits for it. */
  onRequest?: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
}

export interface Serving {
  /** The site's address with its path and a trailing slash. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Serves a folder as any static host would, on loopback only. Files are read at each request, so a rebuild is visible
 * immediately.
 *
 * @throws CommandError when the given port is busy
 */
export async function serve({ folder, base, port, gzip = false, onRequest }: ServeOptions): Promise<Serving> {
  const files = sirv(folder, { dev: true, etag: true, gzip });
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    // A file may disappear after sirv has found it and before it is opened; unhandled, that error would end the
    // process.
    response.on('pipe', (file) => file.on('error', () => response.destroy()));
    if (request.destroyed || response.headersSent) return;
    const url = request.url ?? '/';
    const below = url.startsWith(base) ? url.slice(base.length) : '';
    if (below.startsWith('/')) {
      request.url = below;
      files(request, response, () => notFound(response, folder));
    } else if (url.split('?', 1)[0] === base) {
      response.writeHead(301, { Location: `${base}/${below}` }).end();
    } else {
      notFound(response, folder);
    }
  };
  const server = createServer((request, response) => {
    const seen = onRequest?.(request, response);
    if (seen instanceof Promise) void seen.then(() => answer(request, response));
    else answer(request, response);
  });
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening}${base}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function notFound(response: ServerResponse, folder: string): void {
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(readIfThere(join(folder, '404.html')) ?? '404');
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  for (let candidate = port ?? defaultPort; ; candidate++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(candidate, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : candidate;
    } catch (error) {
      const isBusy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isBusy) throw error;
      if (port !== undefined)
        throw new CommandError(`PORT: ${port} is already in use; choose another port or unset PORT`);
    }
  }
}

/** Serves until Ctrl-C (or SIGTERM), so that the process then ends with 0. Calls `onReady` with the address. */
export async function serveUntilStopped(
  options: ServeOptions,
  onReady: (url: string) => void | Promise<void>,
): Promise<void> {
  const { url, close } = await serve(options);
  const stopped = new Promise<void>((resolve) => {
    // Not `once`: Ctrl-C on a terminal reaches us twice, from the terminal and from setup.mjs.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  try {
    await onReady(url);
    await stopped;
  } finally {
    await close();
  }
}
