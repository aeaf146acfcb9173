import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import { chromium, type Browser, type Page } from 'playwright-core';
import { indexPages, type Page as RenderedPage } from '../../src/search/index.ts';
import { buildSite } from '../build.ts';
import { listFiles } from '../lib/folder.ts';
import { firstLink } from '../lib/link.ts';
import { step } from '../lib/log.ts';
import { CommandError } from '../lib/main.ts';
import { serve } from '../lib/serve.ts';
import { readSettings, type Settings } from '../lib/settings.ts';
import { installBrowser } from '../steps/browser.ts';
import { noteOf, readLines, type Query, type Section } from './corpus.ts';
import { percentile, qualityOf, type Outcome } from './measure.ts';

/**
 * Measures search on a corpus of its own: a site is built of it and opened through the gate in Chromium; beside it, in
 * the same run, stock Pagefind indexes the same pages. Prints quality, bytes and milliseconds.
 *
 * @param corpus - JSON lines `{ id, title, markdown }`, gzipped or not
 * @param queries - JSON lines `{ kind, query, relevant: [id] }`
 * @throws CommandError when a file can't be read or the site can't be built
 */
export async function benchSearch(corpus: string, queries: string): Promise<void> {
  const sections = readLines<Section>(corpus);
  const asked = readLines<Query>(queries);
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-bench-'));
  const browser = await chromium.launch({ executablePath: installBrowser(), args: flags });
  try {
    const settings = layOut(sections, folder);
    await buildSite(settings);
    const pages = readPages(join(settings.work, 'pages', 'members'));
    const ours = await step('our index', () => ourBundle(pages));
    const stock = await step('stock index', () => stockBundle(pages));

    const gate = await step('queries through the gate', () => throughGate(browser, settings, asked));
    const open = await step('queries, unsealed', () => unsealed(browser, settings, pages, asked));
    const other = await step('queries, stock', () => warm(browser, stock, asked));
    const ourBytes = await step('bytes, ours', () => cold(browser, ours, asked));
    const stockBytes = await step('bytes, stock', () => cold(browser, stock, asked));

    printQuality(gate, other);
    printBytes(ours, stock, ourBytes, stockBytes);
    printTimes(gate, open, other);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Writes the corpus as notes, with a member to open them, and gives the settings that build them. */
function layOut(sections: readonly Section[], folder: string): Settings {
  const notes = join(folder, 'content', 'notes');
  mkdirSync(notes, { recursive: true });
  for (const section of sections) {
    if (!/^[a-z0-9-]{1,80}$/.test(section.id))
      throw new CommandError(`id "${section.id}" can't be an address`, 2);
    writeFileSync(join(notes, `${section.id}.mdx`), noteOf(section));
  }
  const members = join(folder, 'members.yaml');
  writeFileSync(members, '- id: bench\n');
  // The site is thrown away at the end; so is what it was sealed with.
  process.env.KB_SECRET = 'be7c'.repeat(16);
  return readSettings({
    KB_CONTENT: join(folder, 'content'),
    KB_OUT: join(folder, 'dist'),
    KB_MEMBERS: members,
    KB_DATE: '2026-01-02',
  });
}

function readPages(folder: string): RenderedPage[] {
  return listFiles(folder)
    .filter((file) => file.startsWith('notes/') && file.endsWith('/index.html'))
    .map((file) => ({
      address: `/${file.slice(0, -'index.html'.length)}`,
      html: readFileSync(join(folder, file), 'utf8'),
    }));
}

/** A bundle and the page that asks it. */
interface Bundle {
  files: Map<string, Uint8Array>;
  /** A module that sets `globalThis.ask`: a query ⇒ ids of all results, the texts of the first ten loaded. */
  script: string;
}

async function ourBundle(pages: readonly RenderedPage[]): Promise<Bundle> {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'ask.ts'), formats: ['es'] },
    },
  });
  if (!Array.isArray(built)) throw new Error('Vite built something else than a library');
  const [chunk] = built.flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk') throw new Error('Vite built nothing');
  return { files: await indexPages(pages, '/pagefind/'), script: chunk.code };
}

async function stockBundle(pages: readonly RenderedPage[]): Promise<Bundle> {
  const { index } = await createIndex({
    rootSelector: 'article',
    excludeSelectors: ['[data-search-ignore]'],
  });
  if (!index) throw new Error('Pagefind made no index');
  for (const { address, html } of pages) await index.addHTMLFile({ url: address, content: html });
  const { files } = await index.getFiles();
  await close();
  return {
    files: new Map(files.map(({ path, content }) => [path, content])),
    script: `import * as pagefind from '/pagefind/pagefind.js';
      globalThis.ask = async (query) => {
        const { results } = await pagefind.search(query);
        const first = await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return { ids: results.map(({ id }) => id), first: first.map(({ url }) => url) };
      };
      globalThis.ready = pagefind.init();`,
  };
}

interface Serving {
  url: string;
  /** Bytes sent by kind of file since the last call. */
  sent: () => Map<Part, number>;
  close: () => void;
}

/** Parts of a search bundle: posting lists, tables of contents, texts of results, Pagefind's code. */
type Part = 'postings' | 'tables' | 'texts' | 'code';

function partOf(file: string): Part {
  if (file.startsWith('index/')) return 'postings';
  if (file.startsWith('fragment/')) return 'texts';
  return /\.js$|^wasm/.test(file) ? 'code' : 'tables';
}

/** Serves a bundle and a page that can ask it, counting bytes as a host that compresses text would send them. */
async function serveBundle({ files, script }: Bundle): Promise<Serving> {
  let sent = new Map<Part, number>();
  const types: Record<string, string> = {
    '.js': 'text/javascript',
    '.html': 'text/html',
    '.json': 'application/json',
  };
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const file = path.startsWith('/pagefind/') ? path.slice('/pagefind/'.length) : '';
    const bytes = files.get(file);
    response.setHeader('Content-Type', types[extname(path) || '.html'] ?? 'application/octet-stream');
    response.setHeader('Cache-Control', 'no-store');
    if (bytes) {
      const size = /\.(js|json)$/.test(file) ? gzipSync(bytes).length : bytes.length;
      sent.set(partOf(file), (sent.get(partOf(file)) ?? 0) + size);
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
      const counted = sent;
      sent = new Map();
      return counted;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

declare global {
  /** Set by the page that is measured. */
  var ask: (query: string) => Promise<{ ids: string[]; first: string[] }>;
  var ready: Promise<void>;
}

const idOf = (address: string) => /notes\/([^/]+)\/?$/.exec(address)?.[1] ?? address;

/** All queries one after the other on one page, after a first round that has loaded everything. */
async function warm(browser: Browser, bundle: Bundle, queries: readonly Query[]): Promise<Outcome[]> {
  const serving = await serveBundle(bundle);
  const page = await browser.newPage();
  try {
    await page.goto(serving.url);
    const ids = bundle.files.has('catalog.json') ? undefined : fragmentIds(bundle);
    const run = async (query: Query): Promise<Outcome> => {
      const { milliseconds, result } = await page.evaluate(async (text) => {
        await globalThis.ready;
        const start = performance.now();
        const answered = await globalThis.ask(text);
        return { milliseconds: performance.now() - start, result: answered };
      }, query.query);
      return { query, milliseconds, ids: result.ids.map((id) => idOf(ids?.get(id) ?? id)) };
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

/** Stock results name their fragment only; loading thousands to learn their addresses would measure something else. */
function fragmentIds({ files }: Bundle): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [path, bytes] of files) {
    const id = /^fragment\/(.+)\.pf_fragment$/.exec(path)?.[1];
    if (id) ids.set(id, (JSON.parse(unpack(bytes)) as { url: string }).url);
  }
  return ids;
}

function unpack(bytes: Uint8Array): string {
  return gunzipSync(bytes).toString('utf8').slice('pagefind_dcd'.length);
}

/** A browser that has nothing yet is started for each query: some of them, spread over all kinds, will do. */
const MOST_COLD = 120;

/** What queries make a browser fetch that has nothing yet. */
async function cold(
  browser: Browser,
  bundle: Bundle,
  queries: readonly Query[],
): Promise<Map<Part, number>[]> {
  const serving = await serveBundle(bundle);
  try {
    const counts: Map<Part, number>[] = [];
    const stride = Math.ceil(queries.length / MOST_COLD);
    for (const { query } of queries.filter((_, at) => at % stride === 0)) {
      const page = await browser.newPage();
      serving.sent();
      await page.goto(serving.url);
      await page.evaluate(async (text) => {
        await globalThis.ready;
        await globalThis.ask(text);
      }, query);
      counts.push(serving.sent());
      await page.close();
    }
    return counts;
  } finally {
    serving.close();
  }
}

/** The search page itself, opened by a member's link. */
async function throughGate(
  browser: Browser,
  settings: Settings,
  queries: readonly Query[],
): Promise<Outcome[]> {
  const serving = await serve({ folder: settings.out, base: '', port: 0 });
  const page = await browser.newPage();
  try {
    const link = await firstLink(settings, serving.url);
    await page.goto(link ?? serving.url);
    await page.waitForSelector('html[data-access="open"]');
    return await askAll(page, serving.url, queries);
  } finally {
    await page.close();
    await serving.close();
  }
}

/** The same page and the same index as plain files: what the gate costs is the difference. */
async function unsealed(
  browser: Browser,
  settings: Settings,
  pages: readonly RenderedPage[],
  queries: readonly Query[],
): Promise<Outcome[]> {
  const folder = join(settings.work, 'pages', 'members');
  const bundles = {
    members: await indexPages(pages, '/pagefind/members/'),
    public: await indexPages([], '/pagefind/public/'),
  };
  for (const [name, files] of Object.entries(bundles)) {
    for (const [file, bytes] of files) {
      const path = join(folder, 'pagefind', name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }
  // Without a gate an open page takes itself for one that was opened in place, and does without Pagefind's worker.
  const searchPage = join(folder, 'search', 'index.html');
  writeFileSync(
    searchPage,
    readFileSync(searchPage, 'utf8').replace('data-access="open"', 'data-access="locked"'),
  );
  const serving = await serve({ folder, base: '', port: 0 });
  const page = await browser.newPage();
  try {
    return await askAll(page, serving.url, queries);
  } finally {
    await page.close();
    await serving.close();
  }
}

/** Asks the search page everything twice; the second round is measured, when all parts of the index are there. */
async function askAll(page: Page, url: string, queries: readonly Query[]): Promise<Outcome[]> {
  await page.goto(`${url}search/`);
  await page.waitForSelector('[data-search-state="idle"]');
  for (const query of queries) await askPage(page, query);
  const outcomes: Outcome[] = [];
  for (const query of queries) outcomes.push(await askPage(page, query));
  return outcomes;
}

async function askPage(page: Page, query: Query): Promise<Outcome> {
  const { ids, milliseconds } = await page.evaluate(
    async ({ text, wanted }) => {
      const element = document.querySelector<HTMLElement>('[data-search-state]')!;
      const start = performance.now();
      await new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (element.dataset.searchState !== 'done') return;
          observer.disconnect();
          resolve();
        });
        observer.observe(element, { attributeFilter: ['data-search-state'] });
        history.replaceState(null, '', `?q=${encodeURIComponent(text)}`);
        dispatchEvent(new PopStateEvent('popstate'));
      });
      const took = performance.now() - start;
      const items = () => [...element.querySelectorAll<HTMLElement>('ol[data-search-results] > li')];
      const more = element.querySelector<HTMLButtonElement>('.search-more');
      while (items().length < wanted && more && !more.hidden) more.click();
      return { ids: items().map(({ dataset }) => dataset.entry ?? ''), milliseconds: took };
    },
    { text: query.query, wanted: query.relevant.length },
  );
  return { query, ids: ids.map(idOf), milliseconds };
}

function printQuality(ours: readonly Outcome[], stock: readonly Outcome[]): void {
  console.log('\nQuality, ours through the gate / stock');
  const kinds = [...new Set(ours.map(({ query }) => query.kind))];
  const rows = kinds.map((kind) => {
    const ofKind = ({ query }: Outcome) => query.kind === kind;
    const [a, b] = [qualityOf(ours.filter(ofKind)), qualityOf(stock.filter(ofKind))];
    const pair = (key: keyof typeof a) => `${a[key].toFixed(3)} / ${b[key].toFixed(3)}`;
    return {
      kind,
      queries: ours.filter(ofKind).length,
      'success@10': pair('success'),
      'recall@10': pair('recall'),
      MRR: pair('reciprocalRank'),
      'R-precision': pair('rPrecision'),
    };
  });
  console.table(rows);
}

function printBytes(
  ours: Bundle,
  stock: Bundle,
  ourBytes: Map<Part, number>[],
  stockBytes: Map<Part, number>[],
): void {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
  const row = (what: string, a: number, b: number) => ({
    what,
    ours: kilobytes(a),
    stock: kilobytes(b),
    ratio: (a / b).toFixed(2),
  });
  const sumOf = (counts: Map<Part, number>, parts: readonly Part[]) =>
    parts.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0);
  const sizes: [string, readonly Part[]][] = [
    ['index (postings)', ['postings']],
    ['index and tables', ['postings', 'tables']],
    ['index, tables, first ten texts', ['postings', 'tables', 'texts']],
  ];
  const sizeOf = ({ files }: Bundle, parts: readonly Part[]) =>
    [...files].reduce((sum, [file, bytes]) => {
      if (!parts.includes(partOf(file)) || /ui\.|highlight/.test(file)) return sum;
      return sum + (file.endsWith('.json') ? gzipSync(bytes).length : bytes.length);
    }, 0);
  console.log('\nBytes of a cold query, and of the whole');
  console.table(
    sizes.flatMap(([what, parts]) => {
      const at = (counts: Map<Part, number>[], part: number) =>
        percentile(
          counts.map((count) => sumOf(count, parts)),
          part,
        );
      return [
        row(`${what}, p50`, at(ourBytes, 0.5), at(stockBytes, 0.5)),
        row(`${what}, p95`, at(ourBytes, 0.95), at(stockBytes, 0.95)),
        row(`${what.replace('first ten', 'all')}, size`, sizeOf(ours, parts), sizeOf(stock, parts)),
      ];
    }),
  );
}

function printTimes(gate: readonly Outcome[], open: readonly Outcome[], stock: readonly Outcome[]): void {
  console.log('\nMilliseconds of a warm query');
  const row = (what: string, outcomes: readonly Outcome[]) => {
    const times = outcomes.map(({ milliseconds }) => milliseconds);
    return { what, p50: percentile(times, 0.5).toFixed(1), p95: percentile(times, 0.95).toFixed(1) };
  };
  console.table([
    row('search page through the gate', gate),
    row('search page, unsealed', open),
    row('stock, index alone', stock),
  ]);
  const p95 = (outcomes: readonly Outcome[]) =>
    percentile(
      outcomes.map(({ milliseconds }) => milliseconds),
      0.95,
    );
  console.log(`The gate costs a factor of ${(p95(gate) / p95(open)).toFixed(2)} at p95.`);
}
