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
  page: Page;
  scriptless: boolean;
  downloads: string;
  /** What is taken off the network there: BiDi takes only the page off it, and not its worker. */
  line: Line;
  /** Opens a window that is what the options ask for, before it loads anything. */
  openWindow: () => Promise<Page>;
  close: () => Promise<void>;
}

/** A device with so much room for a site (KiB) can be filled within seconds. */
const roomOfSite = 50 * 1024;

/**
 * One for all visitors of a test file that ask for the same of what Firefox takes from its settings: it takes longer to
 * start than most tests take, and ends with their process.
 */
const running = new Map<string, Promise<Browser>>();

function runningBrowser(options: VisitorOptions): Promise<Browser> {
  const { dark, still, scriptless } = options;
  const asked = JSON.stringify({ dark, still, scriptless });
  const browser = running.get(asked) ?? start(options);
  running.set(asked, browser);
  return browser;
}

function start({ dark, still, scriptless }: VisitorOptions): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'intl.accept_languages': 'zh-CN',
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'ui.prefersReducedMotion': still ? 1 : 0,
      'javascript.enabled': !scriptless,
      // In KiB, for all sites; each has a fifth of it.
      'dom.quotaManager.temporaryStorage.fixedLimit': 5 * roomOfSite,
      'media.autoplay.default': 0,
      // What was copied can be read without a finger that allows it.
      'dom.events.testing.asyncClipboard': true,
      'network.proxy.allow_hijacking_localhost': true,
      'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
      'pdfjs.disabled': true,
    },
  });
}

/**
 * A visitor with Firefox, over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), and a user context of their own
 * in it: storage, workers and line are theirs, empty, and not kept.
 */
export async function visitWithFirefox(options: VisitorOptions): Promise<Visitor> {
  const { width = 390, height = 844, scriptless = false, worker, without } = options;
  const browser = await runningBrowser(options);
  const downloads = mkdtempSync(join(tmpdir(), 'jinghua-downloads-'));
  const line = await openLine();
  const context = await browser.createBrowserContext({
    proxyServer: new URL(line.url).host,
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
  });
  const openWindow = async () => {
    // In a tab behind another a page is hidden, and its timers rest.
    const page = await context.newPage({ type: 'window' });
    await page.setViewport({ width, height });
    if (worker) await page.evaluateOnNewDocument(takeWorkerAway, worker);
    if (without) await page.evaluateOnNewDocument(without);
    return page;
  };
  const page = await openWindow();
  const close = async () => {
    await context.close();
    await line.close();
    rmSync(downloads, { recursive: true, force: true });
  };
  return visitorOf({ page, scriptless, downloads, line, openWindow, close });
}

/** What Firefox says of a file that was on its way from the worker when the page was left. */
const leftBehind = 'A ServiceWorker intercepted the request and encountered an unexpected error';

function visitorOf(seat: Seat): Visitor {
  const { page, scriptless, downloads, line, openWindow, close } = seat;
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
  /** Where no scripts run, nothing tells a locator that what it is to click stands still. */
  const clickUnmoved = async (selector: string) => {
    const { x, y } = await ask(selector, (element) => {
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = element.getClientRects()[0]!;
      return { x: left + width / 2, y: top + height / 2 };
    });
    await page.mouse.click(x, y);
  };
  const click = (selector: string) => (scriptless ? clickUnmoved(selector) : page.locator(selector).click());
  return {
    open: (url) => navigate(page, url, (options) => page.goto(url, options)),
    reload: () => navigate(page, page.url(), (options) => page.reload(options)),
    click,
    type: (selector, text) => page.locator(selector).fill(text),
    press: async (key, times = 1) => {
      for (let i = 0; i < times; i++) {
        // Firefox brings what has the focus into sight with its next picture, and nobody is faster than those.
        if (i > 0) await page.evaluate(() => new Promise(requestAnimationFrame));
        await page.keyboard.press(key);
      }
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
    fill: () => page.evaluate(fillUp),
    copied: () => page.evaluate(() => navigator.clipboard.readText()),
    newTab: async () => {
      const tab = await openWindow();
      return visitorOf({ ...seat, page: tab, close: () => tab.close() });
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

/** Stores what can't be compressed until the browser takes no more. Runs in the page; it may name nothing outside itself. */
async function fillUp(): Promise<void> {
  const cache = await caches.open('what takes up room');
  for (const size of [2 ** 20, 2 ** 14]) {
    for (let hasRoom = true, i = 0; hasRoom; i++) {
      const bytes = new Uint8Array(size);
      // The most that it gives at once.
      const most = 2 ** 16;
      for (let at = 0; at < size; at += most) crypto.getRandomValues(bytes.subarray(at, at + most));
      hasRoom = await cache.put(`/${size}/${i}`, new Response(bytes)).then(
        () => true,
        () => false,
      );
    }
  }
}

/**
 * Navigates, and waits until the page there has loaded. Puppeteer sees no end of some loads, such as that of a 404 which
 * a worker answered, so the page itself is asked too. A page that sends the browser on while it loads, as a door does,
 * is no failure to go there.
 */
async function navigate(
  page: Page,
  url: string,
  go: (options: { timeout: 0 }) => Promise<unknown>,
): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-left', ''));
  const loaded = until(`${url} to load`, async () => {
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
