import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Visitor, VisitorOptions } from '../visitor.ts';
import { assertPolicyKept } from './complaints.ts';
import { takeWorkerAway } from './init.ts';

/** Flags for a browser that runs as root, without a screen, and sends no network requests of its own. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * One browser for all visitors of a test file: starting one takes longer than most tests. It ends with their process.
 */
let running: Promise<Browser> | undefined;

function runningBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  // In other locales it saves a file with a Chinese name as `download`.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return (running ??= chromium.launch({ executablePath, args: flags, env }));
}

/** Starts a visitor with Chromium, or a browser based on it, with an empty profile of their own that isn't kept. */
export async function visitWithChromium(options: VisitorOptions): Promise<Visitor> {
  const { width = 390, height = 844, dark, still, forced, scriptless = false, worker, without } = options;
  const browser = await runningBrowser();
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: still ? 'reduce' : 'no-preference',
    forcedColors: forced ? 'active' : 'none',
    javaScriptEnabled: !scriptless,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (worker) await context.addInitScript(takeWorkerAway, worker);
  if (without) await context.addInitScript(without);
  return visitorOf(context, await context.newPage(), () => context.close());
}

function visitorOf(context: BrowserContext, page: Page, close: () => Promise<void>): Visitor {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const first = (selector: string) => page.locator(selector).first();
  return {
    open: async (url) => {
      await page.goto(url);
    },
    reload: async () => {
      await page.reload();
    },
    click: (selector) => first(selector).click(),
    type: (selector, text) => first(selector).fill(text),
    press: async (key, times = 1) => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    },
    text: (selector) => first(selector).innerText(),
    attribute: (selector, name) => first(selector).getAttribute(name),
    see: (selector) => first(selector).waitFor({ state: 'attached' }),
    evaluate: (run, argument) =>
      // Playwright's type for the argument requires a serialisable one.
      page.evaluate(run as (argument: unknown) => never, argument),
    run: async (source) => {
      await page.evaluate(source);
    },
    address: () => Promise.resolve(page.url()),
    save: async (selector) => {
      const [download] = await Promise.all([page.waitForEvent('download'), first(selector).click()]);
      const bytes = await readFile(await download.path());
      return { name: download.suggestedFilename(), bytes, text: bytes.toString() };
    },
    offline: (isOffline) => context.setOffline(isOffline),
    fill: async (url) => {
      const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate());
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: usage });
    },
    copied: () => page.evaluate(() => navigator.clipboard.readText()),
    newTab: async () => {
      const tab = await context.newPage();
      return visitorOf(context, tab, () => tab.close());
    },
    complaints: () => complaints,
    screenshot: async (file) => {
      await page.screenshot({ path: file, fullPage: true });
    },
    close: async () => {
      await close();
      assertPolicyKept(complaints);
    },
  };
}
