import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { indexEntries } from '../../src/search/bundle/index-entries.ts';
import { writeFiles } from '../lib/folder.ts';
import { firstLink } from '../lib/link.ts';
import { serve } from '../lib/serve.ts';
import type { Settings } from '../lib/settings.ts';
import { sectionOf } from './corpus-site.ts';
import type { Query } from './corpus.ts';
import type { Outcome } from './measure.ts';

/**
 * Sends all queries to the search page, once opened by a member's link and once as plain files. Both take turns query
 * by query, so that other load on the machine affects them alike. The second round is measured, when the whole index is
 * loaded.
 *
 * @param index - our bundle, to be served unsealed
 * @param done - called after each query of both rounds
 */
export async function askSearchPages(
  browser: Browser,
  settings: Settings,
  index: ReadonlyMap<string, Uint8Array>,
  queries: readonly Query[],
  done: () => void,
): Promise<{ sealed: Outcome[]; plain: Outcome[] }> {
  const closers: (() => Promise<void>)[] = [];
  const openOn = async (folder: string, way: (url: string) => Promise<string>): Promise<Page> => {
    const serving = await serve({ folder, base: '', port: 0 });
    const context = await browser.newContext();
    closers.push(() => context.close(), serving.close);
    const page = await context.newPage();
    await page.goto(await way(serving.url));
    await page.waitForSelector('html:is([data-access="open"], [data-bench])', { state: 'attached' });
    await page.goto(`${serving.url}search/`);
    await page.waitForSelector('[data-search-state="idle"] .search-status');
    return page;
  };
  try {
    const sealedPage = await openOn(settings.out, async (url) => (await firstLink(settings, url)) ?? url);
    const folder = await layOutPlain(settings, index);
    const plainPage = await openOn(folder, (url) => Promise.resolve(`${url}search/`));
    const outcomes = { sealed: [] as Outcome[], plain: [] as Outcome[] };
    for (const query of [...queries, ...queries]) {
      outcomes.sealed.push(await askPage(sealedPage, query));
      outcomes.plain.push(await askPage(plainPage, query));
      done();
    }
    const measured = (all: Outcome[]) => all.slice(queries.length);
    return { sealed: measured(outcomes.sealed), plain: measured(outcomes.plain) };
  } finally {
    for (const close of closers) await close();
  }
}

/** Copies index and theme beside the rendered pages, as plain files. */
async function layOutPlain(settings: Settings, index: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const folder = join(settings.work, 'pages', 'members');
  const bundles = {
    members: index,
    public: await indexEntries(new Map()),
  };
  for (const [name, files] of Object.entries(bundles)) writeFiles(join(folder, 'pagefind', name), files);
  cpSync(join(settings.out, 'a'), join(folder, 'a'), { recursive: true });
  // Without a gate, an open page would behave as if opened in place, and not use Pagefind's worker.
  const searchPage = join(folder, 'search', 'index.html');
  writeFileSync(
    searchPage,
    readFileSync(searchPage, 'utf8').replace('data-access="open"', 'data-access="locked" data-bench'),
  );
  return folder;
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
  return { query, ids: ids.map(sectionOf), milliseconds };
}
