import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import type { Visitor, VisitorOptions } from '../visitor.ts';
import { assertPolicyKept } from './complaints.ts';
import { takeWorkerAway } from './init.ts';
import { openLine, type Line } from './line.ts';
import { until } from './until.ts';

interface Seat {
  browser: Browser;
  page: Page;
  downloads: string;
  /** What is taken off the network there: BiDi takes only the page off it, and not its worker. */
  line: Line;
  /** Makes a page what the options ask for, before it loads anything. */
  prepare: (page: Page) => Promise<void>;
  close: () => Promise<void>;
}

/** Starts Firefox over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), with an empty profile. */
export async function visitWithFirefox(options: VisitorOptions): Promise<Visitor> {
  const { width = 390, height = 844, dark = false, still = false, scriptless, worker, without } = options;
  if (scriptless) throw new Error('WebDriver BiDi has no way to look into a page without scripts');
  const downloads = mkdtempSync(join(tmpdir(), 'jinghua-downloads-'));
  const line = await openLine();
  const browser = await launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'intl.accept_languages': 'zh-CN',
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'ui.prefersReducedMotion': still ? 1 : 0,
      'media.autoplay.default': 0,
      // What was copied can be read without a finger that allows it.
      'dom.events.testing.asyncClipboard': true,
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': Number(new URL(line.url).port),
      'network.proxy.allow_hijacking_localhost': true,
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      'browser.download.useDownloadDir': true,
      'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
      'pdfjs.disabled': true,
    },
  });
  const prepare = async (page: Page) => {
    await page.setViewport({ width, height });
    if (worker) await page.evaluateOnNewDocument(takeWorkerAway, worker);
    if (without) await page.evaluateOnNewDocument(without);
  };
  // In the tab that Firefox begins with its address bar has the focus, and a key presses nothing in the page.
  const page = await browser.newPage();
  await prepare(page);
  const close = async () => {
    await browser.close();
    await line.close();
    rmSync(downloads, { recursive: true, force: true });
  };
  return visitorOf({ browser, page, downloads, line, prepare, close });
}

/** What Firefox says of a file that was on its way from the worker when the page was left. */
const leftBehind = 'A ServiceWorker intercepted the request and encountered an unexpected error';

function visitorOf({ browser, page, downloads, line, prepare, close }: Seat): Visitor {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) =>
    complaints.push(error instanceof Error ? String(error) : 'an error that is none'),
  );
  /** Waits for `selector`, over navigations, and asks its first match; a match that a navigation took is looked for anew. */
  const ask = <Result>(selector: string, run: (element: Element) => Result) =>
    until(`${selector} in ${page.url()}`, async () => {
      const element = await page.$(selector);
      return element && { value: (await element.evaluate(run)) as Result };
    });
  const click = (selector: string) => page.locator(selector).click();
  return {
    open: (url) => navigate(page, (options) => page.goto(url, options)),
    reload: () => navigate(page, (options) => page.reload(options)),
    click,
    type: (selector, text) => page.locator(selector).fill(text),
    press: async (key, times = 1) => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    },
    text: (selector) => ask(selector, (element) => (element as HTMLElement).innerText),
    attribute: (selector, name) =>
      until(`${selector} in ${page.url()}`, async () => {
        const element = await page.$(selector);
        return element && { value: await element.evaluate((found, key) => found.getAttribute(key), name) };
      }),
    see: async (selector) => {
      await ask(selector, () => null);
    },
    evaluate: (run, argument) => page.evaluate(run as (argument: unknown) => never, argument),
    run: async (source) => {
      await page.evaluate(source);
    },
    address: () => page.evaluate(() => location.href),
    save: async (selector) => {
      const before = new Set(await readdir(downloads));
      await click(selector);
      return until('a saved file', async () => {
        const files = await readdir(downloads);
        const name = files.find((file) => !before.has(file) && !file.endsWith('.part'));
        if (name === undefined || files.includes(`${name}.part`)) return null;
        const bytes = await readFile(join(downloads, name));
        return bytes.length === 0 ? null : { value: { name, bytes, text: bytes.toString() } };
      });
    },
    offline: (isOffline) => {
      line.cut(isOffline);
      return Promise.resolve();
    },
    fill: () => Promise.reject(new Error('WebDriver BiDi has no quota')),
    copied: () => page.evaluate(() => navigator.clipboard.readText()),
    newTab: async () => {
      const tab = await browser.newPage();
      await prepare(tab);
      return visitorOf({ browser, page: tab, downloads, line, prepare, close: () => tab.close() });
    },
    complaints: () => complaints.filter((text) => !text.includes(leftBehind)),
    screenshot: async (file) => {
      await page.screenshot({ path: file, fullPage: true });
    },
    close: async () => {
      await close();
      assertPolicyKept(complaints);
    },
  };
}

/**
 * Navigates, and waits until the page there has loaded. Puppeteer sees no end of some loads, such as that of a 404 which
 * a worker answered, so the page itself is asked too. A page that sends the browser on while it loads, as a door does,
 * is no failure to go there.
 */
async function navigate(page: Page, go: (options: { timeout: 0 }) => Promise<unknown>): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-left', ''));
  const loaded = until('a page to load', async () => {
    const hasLoaded = await page.evaluate(
      () =>
        document.readyState === 'complete' &&
        !document.documentElement.hasAttribute('data-left') &&
        // The empty document that stands there until the first bytes come.
        location.href !== 'about:blank',
    );
    return hasLoaded ? { value: undefined } : null;
  });
  loaded.catch(() => undefined);
  const gone = go({ timeout: 0 }).catch((error: unknown) => {
    if (!/abort|cancel|interrupt/i.test(String(error))) throw error;
    return loaded;
  });
  await Promise.race([gone, loaded]);
}
