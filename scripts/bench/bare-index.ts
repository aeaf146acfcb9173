import { createServer } from 'node:http';
import { extname } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Bundle } from './bundle.ts';
import type { Query } from './corpus.ts';
import type { Outcome } from './measure.ts';

declare global {
  /** Set by the page that is measured. */
  var ask: (query: string) => Promise<{ ids: string[]; first: string[] }>;
  var ready: Promise<void>;
}

/** Runs all queries one after another on one page, after a first round that has loaded everything. */
export async function warm(browser: Browser, bundle: Bundle, queries: readonly Query[]): Promise<Outcome[]> {
  const serving = await serveBundle(bundle);
  const page = await browser.newPage();
  try {
    await page.goto(serving.url);
    const run = async (query: Query): Promise<Outcome> => {
      const { milliseconds, result } = await page.evaluate(async (text) => {
        await globalThis.ready;
        const start = performance.now();
        const answered = await globalThis.ask(text);
        return { milliseconds: performance.now() - start, result: answered };
      }, query.query);
      return { query, milliseconds, ids: result.ids.map(bundle.sectionOf) };
    };
    for (const query of queries) await run(query);
    const outcomes: Outcome[] = [];
    for (const query of queries) outcomes.push(await run(query));
    return outcomes;
  } finally {
    await page.close();
    serving.close();
  }
}

/** Each cold query needs a new browser page, so only a sample of the queries is measured, spread over all kinds. */
const MOST_COLD = 120;

/** Returns the files of a bundle that each query makes a browser with an empty cache fetch. */
export async function cold(browser: Browser, bundle: Bundle, queries: readonly Query[]): Promise<string[][]> {
  const serving = await serveBundle(bundle);
  try {
    const fetched: string[][] = [];
    const stride = Math.ceil(queries.length / MOST_COLD);
    for (const { query } of queries.filter((_, at) => at % stride === 0)) {
      const page = await browser.newPage();
      serving.sent();
      await page.goto(serving.url);
      await page.evaluate(async (text) => {
        await globalThis.ready;
        await globalThis.ask(text);
      }, query);
      fetched.push(serving.sent());
      await page.close();
    }
    return fetched;
  } finally {
    serving.close();
  }
}

interface Serving {
  url: string;
  /** Returns the files that were sent since the last call. */
  sent: () => string[];
  close: () => void;
}

/** Serves a bundle and a page that can query it. */
async function serveBundle({ files, script }: Bundle): Promise<Serving> {
  let sent: string[] = [];
  const types: Record<string, string> = {
    '.js': 'text/javascript',
    '.html': 'text/html',
    '.json': 'application/json',
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const file = path.startsWith('/pagefind/') ? path.slice('/pagefind/'.length) : '';
    const bytes = files.get(file);
    response.setHeader('Content-Type', types[extname(path) || '.html'] ?? 'application/octet-stream');
    response.setHeader('Cache-Control', 'no-store');
    if (bytes) {
      sent.push(file);
      response.end(bytes);
    } else if (path === '/ask.js') {
      response.end(script);
    } else if (path === '/') {
      response.end('<!doctype html><html lang="zh-CN"><script type="module" src="/ask.js"></script></html>');
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    sent: () => {
      const files = sent;
      sent = [];
      return files;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
