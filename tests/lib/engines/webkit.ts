import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { By, Capabilities, Builder, Key, type WebDriver } from 'selenium-webdriver';
import { freePort } from '../free-port.ts';
import type { Visitor, VisitorOptions } from '../visitor.ts';
import { openLine, type Line } from './line.ts';
import { until } from './until.ts';
import { furnishHome, type Home } from './webkit-home.ts';

const miniBrowser = process.env.MINIBROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/**
 * Starts WebKitGTK's own small browser through its WebDriver (https://www.w3.org/TR/webdriver2/). It needs a display
 * and a session bus. WebDriver can't run a script before a page's own, so the worker and the network are controlled by
 * a proxy between browser and host.
 */
export async function visitWithWebKit(options: VisitorOptions): Promise<Visitor> {
  const { width = 390, height = 844, dark = false, still, scriptless, worker, without } = options;
  if (scriptless) throw new Error('WebDriver has no way to set this');
  if (without) throw new Error('WebDriver has no way to run a script before those of a page');
  const line = await openLine(worker);
  const home = furnishHome(still);
  const port = await freePort();
  const service = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, ...home.env, LANGUAGE: 'zh_CN', LC_ALL: 'C.UTF-8' },
  });
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': {
      binary: miniBrowser,
      args: [
        '--automation',
        '--autoplay-policy=allow',
        // As in Safari.
        '--features=StorageAPI,StorageAPIEstimate',
        `--proxy=${line.url}`,
        '--ignore-host=none.invalid',
        ...(dark ? ['--dark-mode'] : []),
      ],
    },
  });
  const driver = await until('WebKitWebDriver', async () => ({
    value: await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build(),
  }));
  await driver.manage().window().setRect({ width, height, x: 0, y: 0 });
  await driver.manage().setTimeouts({ script: 60_000 });
  const close = async () => {
    try {
      await driver.quit();
    } finally {
      service.kill();
      await line.close();
      home.remove();
    }
  };
  return visitorOf({ driver, line, home, handle: await driver.getWindowHandle(), close });
}

/**
 * WebKitWebDriver clicks and types before a smooth scroll has ended, and refuses elements below the window or under a
 * notice.
 */
const bringIntoSight = `
  const [element] = arguments;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!element.contains(there)) element.scrollIntoView({ block: 'center', behavior: 'instant' });`;

/**
 * It also clicks where an element was a moment ago, so moving elements, as on a page that scrolls to a search result,
 * must stop first.
 */
const untilStill = `
  const [element, done] = arguments;
  let before;
  const look = () => {
    const { left, top } = element.getBoundingClientRect();
    if (before?.left === left && before.top === top) return done();
    before = { left, top };
    // Not by frames: a tab behind another has none.
    setTimeout(look, 50);
  };
  look();`;

/** Waits for the next frame after each key, because it shows where the key has led. */
const untilDrawn = `
  const [done] = arguments;
  requestAnimationFrame(() => setTimeout(done));`;

interface Seat {
  driver: WebDriver;
  line: Line;
  home: Home;
  /** The tab that this visitor uses. */
  handle: string;
  close: () => Promise<void>;
}

function visitorOf({ driver, line, home, handle, close }: Seat): Visitor {
  const here = async () => {
    await driver.switchTo().window(handle);
    return driver;
  };
  const first = (selector: string) =>
    until(`${selector} in the page`, async () => {
      const [element] = await (await here()).findElements(By.css(selector));
      return element ? { value: element } : null;
    });
  /** Runs a script on the first match; tries again if a navigation removed it. */
  const ask = <Value>(selector: string, script: string, ...more: string[]) =>
    until(`${selector} in the page`, async () => {
      const [element] = await (await here()).findElements(By.css(selector));
      return element ? { value: await driver.executeScript<Value>(script, element, ...more) } : null;
    });
  const evaluate: Visitor['evaluate'] = async (run, argument) => {
    const answer = await (
      await here()
    ).executeAsyncScript<{ json: string | null } | { failure: string }>(
      `const [argument, done] = arguments;
       Promise.resolve().then(() => (${run.toString()})(argument))
         .then((value) => done({ json: JSON.stringify(value) }), (error) => done({ failure: String(error) }));`,
      argument,
    );
    if ('failure' in answer) throw new Error(answer.failure);
    // WebDriver can't return undefined.
    return answer.json === null ? (undefined as never) : (JSON.parse(answer.json) as never);
  };
  const click: Visitor['click'] = (selector) =>
    until(`${selector} to click`, async () => {
      const element = await first(selector);
      // A button whose script is still loading ignores clicks.
      if (!(await element.isEnabled())) return null;
      await driver.executeScript(bringIntoSight, element);
      await driver.executeAsyncScript(untilStill, element);
      await element.click();
      return { value: undefined };
    });
  return {
    open: async (url) => {
      await (await here()).get(url);
    },
    reload: async () => {
      await (await here()).navigate().refresh();
    },
    click,
    type: (selector, text) =>
      until(`${selector} to type in`, async () => {
        const element = await first(selector);
        await driver.executeScript(bringIntoSight, element);
        await element.clear();
        await element.sendKeys(text);
        return { value: undefined };
      }),
    press: async (key, times = 1) => {
      const name = key.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase() as 'TAB';
      const pressed = key.length === 1 ? key : Key[name];
      await here();
      for (let i = 0; i < times; i++) {
        await driver.actions().sendKeys(pressed).perform();
        // Tries again if the key has opened another page.
        await until('a page that is drawn', async () => ({
          value: await driver.executeAsyncScript(untilDrawn),
        }));
      }
    },
    text: (selector) => ask(selector, 'return arguments[0].innerText'),
    attribute: (selector, name) => ask(selector, 'return arguments[0].getAttribute(arguments[1])', name),
    see: async (selector) => {
      await first(selector);
    },
    evaluate,
    run: async (source) => {
      await (await here()).executeScript(source);
    },
    address: async () => (await here()).getCurrentUrl(),
    save: async (selector) => {
      await click(selector);
      const { name, bytes } = await home.saved();
      return { name, bytes, text: bytes.toString() };
    },
    offline: (isOffline) => {
      line.cut(isOffline);
      return Promise.resolve();
    },
    fill: () => Promise.reject(new Error('WebDriver has no quota')),
    copied: async () => {
      await (await here()).switchTo().newWindow('tab');
      await driver.get('data:text/html,<textarea autofocus>');
      const field = await driver.findElement(By.css('textarea'));
      await field.sendKeys(Key.chord(Key.CONTROL, 'v'));
      const text = await field.getAttribute('value');
      await driver.close();
      return text ?? '';
    },
    newTab: async () => {
      await (await here()).switchTo().newWindow('tab');
      const tab = await driver.getWindowHandle();
      return visitorOf({
        driver,
        line,
        home,
        handle: tab,
        close: async () => {
          await driver.switchTo().window(tab);
          await driver.close();
        },
      });
    },
    complaints: () => {
      throw new Error('WebDriver gives no console');
    },
    screenshot: async (file) => {
      await writeFile(file, await (await here()).takeScreenshot(), 'base64');
    },
    close,
  };
}
