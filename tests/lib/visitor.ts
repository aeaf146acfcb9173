import { readFile } from 'node:fs/promises';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/**
 * The one thin driver of the end-to-end tests: a person with a browser of their own. It names only what every engine's
 * automation can do, so that the suite can run over others too.
 */
export interface Visitor {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** Waits until `selector` is in the page and gives its text. */
  text(selector: string): Promise<string>;
  /** Waits until `selector` is in the page and gives the attribute of its first match. */
  attribute(selector: string, name: string): Promise<string | null>;
  /** Waits until `selector` is in the page. */
  see(selector: string): Promise<void>;
  /** Runs in the page; waits for a promise. */
  evaluate<Result, Argument>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Runs a script's source in the page, past its policy, as a browser extension does. */
  run(source: string): Promise<void>;
  address(): string;
  /** Clicks what saves a file, and gives the file's name and text. */
  save(selector: string): Promise<{ name: string; text: string }>;
  offline(isOffline: boolean): Promise<void>;
  /** Another tab of the same browser. */
  newTab(): Promise<Visitor>;
  /** What the browser's console and its policy reported as errors so far. */
  complaints(): string[];
  screenshot(file: string): Promise<void>;
  /** @throws Error when a page has broken the content security policy */
  close(): Promise<void>;
}

export interface VisitorOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  /**
   * What becomes of the service worker: web views have none (`missing`), some settings refuse it, and a bad line may
   * leave it on its way (`late`).
   */
  worker?: 'missing' | 'refused' | 'late';
  /** What else this browser does not have or do: a script that takes it away, run before those of each page. */
  without?: () => void;
}

/** Flags of a browser that runs as root, without a screen, and asks nothing of the network by itself. */
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

/** Starts a browser with an empty profile: a visitor who has never been here. */
export async function newVisitor({
  width = 390,
  height = 844,
  dark = false,
  worker,
  without,
}: VisitorOptions = {}): Promise<Visitor> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    colorScheme: dark ? 'dark' : 'light',
  });
  if (worker) await context.addInitScript(takeWorkerAway, worker);
  if (without) await context.addInitScript(without);
  return visitorOf(context, await context.newPage(), () => browser.close());
}

/** Runs in the page, before its own scripts. */
function takeWorkerAway(how: 'missing' | 'refused' | 'late'): void {
  if (how === 'missing') {
    delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
    return;
  }
  ServiceWorkerContainer.prototype.register =
    how === 'refused'
      ? () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'))
      : () => new Promise(() => undefined);
}

/** How browsers say in their consoles that a page has broken its policy. */
const breach = /Content[- ]Security[- ]Policy/i;

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
    text: (selector) => first(selector).innerText(),
    attribute: (selector, name) => first(selector).getAttribute(name),
    see: (selector) => first(selector).waitFor({ state: 'attached' }),
    evaluate: (run, argument) =>
      // Playwright's own argument type asks for a serialisable one in terms of its handles.
      page.evaluate(run as (argument: unknown) => never, argument),
    run: async (source) => {
      await page.evaluate(source);
    },
    address: () => page.url(),
    save: async (selector) => {
      const [download] = await Promise.all([page.waitForEvent('download'), first(selector).click()]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    },
    offline: (isOffline) => context.setOffline(isOffline),
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
      const breaches = complaints.filter((text) => breach.test(text));
      if (breaches.length > 0) throw new Error(`broke the policy:\n${breaches.join('\n')}`);
    },
  };
}
