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
  /** The connection to cut when the visitor goes offline: BiDi only disconnects the page, not its worker. */
  line: Line;
  /** Opens a window as the options require, before it loads anything. */
  openWindow: () => Promise<Page>;
  close: () => Promise<void>;
}

/** Storage quota of a site in KiB: small enough to be filled within seconds. */
const roomOfSite = 50 * 1024;

/**
 * One browser for all visitors of a test file with the same Firefox settings: starting one takes longer than most
 * tests. It ends with their process.
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
      // In KiB, for all sites together; each gets a fifth of it.
      'dom.quotaManager.temporaryStorage.fixedLimit': 5 * roomOfSite,
      'media.autoplay.default': 0,
      // Allows reading the clipboard without user interaction.
      'dom.events.testing.asyncClipboard': true,
      'network.proxy.allow_hijacking_localhost': true,
      'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
      'pdfjs.disabled': true,
    },
  });
}

/**
 * Starts a visitor with Firefox, over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), with a user context of
 * their own: storage, workers and connection are theirs, empty, and not kept.
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
    // A page in a background tab is hidden, and its timers are throttled.
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

/** Firefox's message about a file that the worker was still serving when the page was left. */
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
  /**
   * Waits for `selector`, across navigations, and evaluates `run` on its first match; tries again if a navigation
   * removed it.
   */
  const ask = <Result>(selector: string, run: (element: Element) => Result) =>
    until(`${selector} in ${page.url()}`, async () => {
      const element = await page.$(selector);
      return element && { value: (await element.evaluate(run)) as Result };
    });
  /** Without scripts, a locator can't find out that the element to click doesn't move. */
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
        // Firefox scrolls to the focused element in the next frame; nobody presses keys faster than that.
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

/**
 * Stores incompressible data until the browser refuses more. Runs in the page, so it can't use anything outside itself.
 */
async function fillUp(): Promise<void> {
  const cache = await caches.open('what takes up room');
  for (const size of [2 ** 20, 2 ** 14]) {
    for (let hasRoom = true, i = 0; hasRoom; i++) {
      const bytes = new Uint8Array(size);
      // The maximum per call.
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
 * Navigates, and waits until the page has loaded. Puppeteer misses the end of some loads, such as a 404 that a worker
 * answered, so the page itself is asked too. A page that redirects while it loads, as a door does, isn't a failure.
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
        // The empty document that is there until the first bytes arrive.
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
