import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { indexEntries, readEntries } from '../../src/search/bundle/index-entries.ts';
import { readEntry } from '../../src/search/bundle/read-entry.ts';
import { buildSite } from '../build.ts';
import { step, stepOf } from '../lib/log.ts';
import { installBrowser } from '../test/browser.ts';
import { cold, warm } from './bare-index.ts';
import { ourBundle, stockBundle } from './bundle.ts';
import { readPages } from './corpus-site.ts';
import { readLines, type Query, type Section } from './corpus.ts';
import { printBytes, printQuality, printTimes } from './print.ts';
import { askSearchPages } from './search-page.ts';
import { flags, layOut } from './site.ts';

/**
 * Measures search on a given corpus: a site is built from it and opened through the gate in Chromium, and in the same
 * run stock Pagefind indexes the same pages. Prints quality, bytes and milliseconds.
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
    const settings = layOut(folder, sections);
    await buildSite(settings);
    const pages = readPages(join(settings.work, 'pages', 'members'));
    const index = await step('our index', () => indexEntries(readEntries(pages, readEntry)));
    const ours = await ourBundle(index);
    const stock = await step('stock index', () => stockBundle(pages));

    const { sealed, plain } = await stepOf('search page', 2 * asked.length, (done) =>
      askSearchPages(browser, settings, index, asked, done),
    );
    const other = await step('queries, stock', () => warm(browser, stock, asked));
    const ourFiles = await step('bytes, ours', () => cold(browser, ours, asked));
    const stockFiles = await step('bytes, stock', () => cold(browser, stock, asked));

    printQuality(sealed, other);
    printBytes(ours, stock, ourFiles, stockFiles);
    printTimes(sealed, plain, other);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
