import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { FORMS } from '../../src/model/form.ts';
import { buildSite } from '../build.ts';
import { readContent } from '../lib/content.ts';
import { step } from '../lib/log.ts';
import { firstLink } from '../lib/link.ts';
import { serve } from '../lib/serve.ts';
import { projectRoot, type Settings } from '../lib/settings.ts';
import { installBrowser } from '../test/browser.ts';
import { installPackages } from './packages.ts';
import { flags, layOut } from './site.ts';

/** Installed on demand: it is larger than everything that the pages are made with (docs/dependencies.md). */
const VERSION = '13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

type Lighthouse = (url: string, flags: object) => Promise<{ lhr: Report } | undefined>;

/** The parts of Lighthouse's result that are read here. */
interface Report {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; numericValue?: number; title: string }>;
}

/**
 * Runs Lighthouse on an entry of each form as plain files (`npm run dev -- --static`), and on opened pages of the
 * sealed site, with the worker and in place. Prints its scores, its measurements, and the audits that cost points.
 *
 * @throws CommandError when the site can't be built, or Lighthouse or a browser can't be installed
 */
export async function benchLighthouse(): Promise<void> {
  const lighthouse = await loadLighthouse();
  const folder = mkdtempSync(join(tmpdir(), 'jinghua-bench-'));
  try {
    const sample = layOut(join(folder, 'sample'));
    await buildSite(sample);
    const { all, longest } = await pagesOf(sample);
    const rows: Record<string, Record<string, string>> = {};
    const look = async (way: string, url: string, addresses: string[], link: string) => {
      const browser = await openBrowser(join(folder, way.replace(/\W/g, '-')), url + link);
      try {
        for (const address of addresses) {
          const name = `${way}: ${address}`;
          rows[name] = await step(name, async () =>
            rowOf(await run(lighthouse, browser.port, url + address.slice(1))),
          );
        }
      } finally {
        await browser.close();
      }
    };
    const plain = await serveStatic();
    try {
      await look('plain files', plain.url, all, '');
    } finally {
      plain.close();
    }
    for (const way of ['with the worker', 'in place']) {
      const host = await serve({
        folder: sample.out,
        base: '',
        port: 0,
        // Without this file there is no worker, and pages open in place.
        onRequest: (request, response) => {
          if (way === 'in place' && request.url === '/sw.js') response.writeHead(404).end();
        },
      });
      await look(way, host.url, longest, (await firstLink(sample, ''))!);
      await host.close();
    }
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadLighthouse(): Promise<Lighthouse> {
  const folder = installPackages([`lighthouse@${VERSION}`]);
  const entry = join(folder, 'node_modules/lighthouse/core/index.js');
  return ((await import(pathToFileURL(entry).href)) as { default: Lighthouse }).default;
}

/** Returns the addresses of the longest members' entry of each form, and of a talk with a recording. */
async function pagesOf(settings: Settings): Promise<{ all: string[]; longest: string[] }> {
  const { entries } = await readContent(settings);
  const longestOf = (chosen: typeof entries) =>
    chosen
      .filter(({ access }) => access === 'members')
      .sort((a, b) => b.text.length - a.text.length)
      .slice(0, 1)
      .map(({ address }) => address);
  const heard = longestOf(entries.filter((entry) => entry.form === 'talks' && entry.audio));
  const forms = FORMS.map((form) => longestOf(entries.filter((entry) => entry.form === form)));
  return { all: [...new Set([...heard, ...forms.flat()])], longest: [...heard, ...forms[1]!] };
}

/** Runs `npm run dev -- --static` until it is closed. */
async function serveStatic(): Promise<{ url: string; close: () => void }> {
  const child = spawn(process.execPath, [join(projectRoot, 'scripts/dev.ts'), '--static'], {
    cwd: projectRoot,
    env: { ...process.env, KB_DATE: '2026-11-22' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^READY (\S+)/m.exec(output)?.[1];
      if (ready) resolve(ready);
    });
    child.on('exit', () => reject(new Error(output)));
  });
  return { url, close: () => void child.kill('SIGTERM') };
}

/** Opens a browser that has visited this address, with a debugging `port` for Lighthouse. */
async function openBrowser(
  profile: string,
  address: string,
): Promise<{ port: number; close: () => Promise<void> }> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: installBrowser(),
    args: [...flags, '--remote-debugging-port=0'],
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector('html[data-access="open"]', { state: 'attached' });
  await page.close();
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return { port: Number(port), close: () => context.close() };
}

async function run(lighthouse: Lighthouse, port: number, url: string): Promise<Report> {
  const result = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: CATEGORIES,
    // The keys that open the site are in the browser's storage.
    disableStorageReset: true,
  });
  if (!result) throw new Error(`lighthouse returned no result for ${url}`);
  return result.lhr;
}

function rowOf({ categories, audits }: Report): Record<string, string> {
  const value = (id: string) => `${Math.round(audits[id]?.numericValue ?? NaN)} ms`;
  const costs = CATEGORIES.flatMap((name) => categories[name]!.auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => id);
  return {
    ...Object.fromEntries(
      CATEGORIES.map((name) => [name, String(Math.round((categories[name]!.score ?? 0) * 100))]),
    ),
    'largest paint': value('largest-contentful-paint'),
    blocked: value('total-blocking-time'),
    shift: (audits['cumulative-layout-shift']?.numericValue ?? NaN).toFixed(3),
    'audits below 90': costs.join(' '),
  };
}
