import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loaded } from '../lib/loaded.ts';
import { inPlace, modes } from '../lib/modes.ts';
import { serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, type Visitor } from '../lib/visitor.ts';

declare global {
  interface Window {
    /** The themes that were set when a page's body began: what its first paint follows. */
    firstThemes?: (string | undefined)[];
  }
}

/** Notes the theme as soon as there is anything to paint. */
function noteTheme(): void {
  const themes: (string | undefined)[] = [];
  window.firstThemes = themes;
  let noted: Element | undefined;
  new MutationObserver(() => {
    const { body, documentElement } = document as { body?: Element; documentElement: HTMLElement };
    if (!body || body === noted) return;
    noted = body;
    themes.push(documentElement.dataset.theme);
  }).observe(document, { childList: true, subtree: true });
}

describe.each([modes[0]!, inPlace])('the display of pages $name', ({ base, visitor: options }) => {
  let host: Awaited<ReturnType<typeof serveSample>>;
  let visitor: Visitor;

  beforeAll(async () => {
    host = await serveSample(base);
    visitor = await newVisitor({ ...options, ...(!lacks('early scripts') && { without: noteTheme }) });
    await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"] display-menu button');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const look = async () => {
    await loaded(visitor);
    return visitor.evaluate(() => {
      const { colorScheme, fontSize } = getComputedStyle(document.documentElement);
      const bar = document.querySelector<HTMLMetaElement>('meta[name="theme-color"][media="all"]');
      return { colorScheme, fontSize, bar: bar?.dataset.theme };
    }, null);
  };

  test('follows the system until something else is chosen, and then at once', async () => {
    expect(await look()).toEqual({ colorScheme: 'light dark', fontSize: '16px', bar: undefined });
    await visitor.click('display-menu button');
    await visitor.see('display-menu button[aria-expanded="true"]');
    await visitor.click('display-menu .dark');
    await visitor.click('display-menu .large');
    expect(await look()).toEqual({ colorScheme: 'dark', fontSize: '18px', bar: 'dark' });
  });

  test('closes with Escape, and gives the focus back', async () => {
    const focused = await visitor.evaluate(() => {
      document
        .querySelector('display-menu input:checked')!
        .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      return document.activeElement?.getAttribute('aria-expanded');
    }, null);
    expect(focused).toBe('false');
  });

  test.skipIf(lacks('early scripts'))('is as chosen before the next page paints', async () => {
    await visitor.open(new URL('./talks/', host.url).href);
    await visitor.see('html[data-access="open"] display-menu');
    expect(await look()).toEqual({ colorScheme: 'dark', fontSize: '18px', bar: 'dark' });
    const themes = await visitor.evaluate(() => window.firstThemes ?? [], null);
    expect(themes.length).toBeGreaterThan(0);
    expect(new Set(themes)).toEqual(new Set(['dark']));
    expect(await visitor.attribute('display-menu input[value="dark"]', 'name')).toBe('theme');
  });

  test('goes back to the system', async () => {
    await visitor.click('display-menu button');
    await visitor.click('display-menu .auto');
    await visitor.click('display-menu .normal');
    expect(await look()).toEqual({ colorScheme: 'light dark', fontSize: '16px', bar: undefined });
  });
});

test('a phone can install the site as an app, from its door', async () => {
  const host = await serveSample('/repo');
  const door = await (await fetch(new URL('./talks/', host.url))).text();
  const address = /<link rel="manifest" href="([^"]+)"/.exec(door)![1]!;
  const answer = await fetch(new URL(address, host.url));
  expect(answer.headers.get('content-type')).toBe('application/manifest+json');
  const manifest = (await answer.json()) as { start_url: string; scope: string; icons: { src: string }[] };
  expect(manifest).toMatchObject({ start_url: '/repo/', scope: '/repo/', display: 'standalone' });
  for (const { src } of manifest.icons) expect((await fetch(new URL(src, host.url))).status).toBe(200);
  await host.close();
});
