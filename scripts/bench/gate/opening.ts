import { cpSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Built } from '../../lib/site.ts';
import { firstLink } from '../../lib/link.ts';
import { serve } from '../../lib/serve.ts';
import type { Settings } from '../../lib/settings.ts';
import { installBrowser } from '../../test/browser.ts';
import { percentile } from '../measure.ts';
import { flags } from '../site.ts';
import { doorOf } from './door.ts';

const times = 50;

/** From an entry that only members read, by a link in it, to a page that lists entries. */
const next = 'breakdowns/';

interface Way {
  /** The address of the first page. */
  link: string;
  options: BrowserContextOptions;
}

interface Measured {
  first: number[];
  turn: number[];
}

/** Copies the pages for members, with their scripts and styles, to `folder` as plain files. */
export function layOutPlain({ layers, theme }: Built, folder: string): string {
  cpSync(theme, folder, { recursive: true });
  cpSync(layers.at(-1)!.pages, folder, { recursive: true });
  return folder;
}

/**
 * Measures the time from a member's link to the opened page in a new browser, and from one page to the next: with the
 * worker, in place, and with the same pages as plain files.
 *
 * @param unsealed - the folder of the plain files, see {@link layOutPlain}
 */
export async function benchOpening(
  settings: Settings,
  unsealed: string,
): Promise<Record<string, Record<string, string>>> {
  const sealed = await serve({ folder: settings.out, base: '', port: 0 });
  const plain = await serve({ folder: unsealed, base: '', port: 0 });
  const browser = await chromium.launch({ executablePath: installBrowser(), args: flags });
  try {
    const link = (await firstLink(settings, '')) ?? '';
    const page = doorOf(settings.out).replace(/index\.html$/, '');
    const ways: Record<string, Way> = {
      'plain files': { link: plain.url + page, options: {} },
      'with the worker': { link: sealed.url + page + link, options: {} },
      'in place': { link: sealed.url + page + link, options: { serviceWorkers: 'block' } },
    };
    const measured = new Map<string, Measured>();
    // In turns, so that other load on the machine affects all alike.
    for (let i = 0; i < times; i++) {
      for (const [name, way] of Object.entries(ways)) {
        const { first, turn } = await visit(browser, way);
        const so = measured.get(name) ?? { first: [], turn: [] };
        measured.set(name, { first: [...so.first, first], turn: [...so.turn, turn] });
      }
    }
    return tableOf(measured);
  } finally {
    await browser.close();
    await Promise.all([sealed.close(), plain.close()]);
  }
}

async function visit(browser: Browser, { link, options }: Way): Promise<{ first: number; turn: number }> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const first = await timed(page, () => page.goto(link), 'article[data-entry]');
    const turn = await timed(
      page,
      () => page.click(`a[href="/${next}"]`),
      `a[href="/${next}"][aria-current]`,
    );
    return { first, turn };
  } finally {
    await context.close();
  }
}

/** Returns the milliseconds until an opened page contains `mark`. */
async function timed(page: Page, go: () => Promise<unknown>, mark: string): Promise<number> {
  const start = performance.now();
  await go();
  await page.waitForSelector(`html[data-access="open"] ${mark}`, { state: 'attached' });
  return performance.now() - start;
}

function tableOf(measured: Map<string, Measured>): Record<string, Record<string, string>> {
  const plain = measured.get('plain files')!;
  const rows = [...measured].flatMap(([name, { first, turn }]) => [
    [`${name}: from the link`, first, plain.first] as const,
    [`${name}: to the next page`, turn, plain.turn] as const,
  ]);
  return Object.fromEntries(
    rows.map(([name, values, beside]) => {
      const row = (part: number) => {
        const value = percentile(values, part);
        return `${value.toFixed(0)} ms, ${(value / percentile(beside, part)).toFixed(2)} times`;
      };
      return [name, { p50: row(0.5), p95: row(0.95) }];
    }),
  );
}
