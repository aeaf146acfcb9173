import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isTeased, teaserOf } from '../../src/markdown/projection.ts';
import { modes } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, patience, type Visitor } from '../lib/visitor.ts';

describe.each(modes)('the door $name', ({ base, visitor: options, isInPlace }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let page: string;
  let title: string;

  beforeAll(async () => {
    host = await serveSample(base);
    const { entries } = await sampleContent(base);
    const entry = entries.find(({ access }) => access === 'members')!;
    page = host.at(entry.address);
    title = entry.title;
    visitor = await newVisitor(options);
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  test('is smaller than 6 KB and loads nothing that it does not need yet', async () => {
    const guest = await newVisitor(options);
    host.requests.length = 0;
    await guest.open(page);
    await guest.see('gate-door[data-state="idle"]');
    await guest.close();
    const asked = host.requests.filter((url) => !/\.(?:css|ico|png)$/.test(url));
    expect(asked.filter((url) => !url.includes('/a/'))).toEqual([new URL(page).pathname]);
    const files = await Promise.all(
      asked.map(async (url) => (await fetch(new URL(url, host.url))).arrayBuffer()),
    );
    const sizes = files.map((file) => gzipSync(Buffer.from(file), { level: 9 }).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(6 * 1024);
    // The names of files to load later are only where they are loaded, not in a preload list.
    expect(files.filter((file) => Buffer.from(file).includes('mapDeps'))).toEqual([]);
  });

  test('asks for its styles and scripts all at once', async () => {
    const guest = await newVisitor(options);
    const release = host.hold(/\/a\/head\./);
    host.requests.length = 0;
    const opened = guest.open(page);
    const asked = () => host.requests.map((url) => /\/a\/(head|style|Door)\./.exec(url)?.[1]);
    try {
      await vi.waitFor(
        () => expect(asked()).toEqual(expect.arrayContaining(['head', 'style', 'Door'])),
        patience,
      );
    } finally {
      release();
    }
    await opened;
    await guest.see('gate-door[data-state="idle"]');
    await guest.close();
  });

  test('loads a single script to check a link', async () => {
    const guest = await newVisitor(options);
    host.requests.length = 0;
    await guest.open(`${page}#key=${await tokenOf('anna')}`);
    await guest.see('html[data-access="open"]');
    await guest.close();
    const untilAsked = host.requests.slice(0, host.requests.indexOf(`${base}/root`));
    const scripts = untilAsked.flatMap((url) => /\/a\/(\w+)\..*\.js$/.exec(url)?.[1] ?? []);
    expect(scripts.sort()).toEqual(['Door', 'head', 'unlock']);
  });

  async function tryToken(token: string): Promise<string | null> {
    await visitor.open(page);
    await visitor.see('form[data-door] [type="submit"]:enabled');
    await visitor.type('input[name="token"]', token);
    await visitor.click('form[data-door] [type="submit"]');
    return visitor.attribute('[role="alert"][data-reason]', 'data-reason');
  }

  test('shows nothing of the entry without a token', async () => {
    await visitor.open(page);
    await visitor.see('html[data-access="locked"] form[data-door]');
    const html = await visitor.evaluate(() => document.documentElement.outerHTML, null);
    expect(html).not.toContain(title);
  });

  test('shows title, summary and cover of an entry that has a teaser, and leads into it', async () => {
    const guest = await newVisitor(options);
    const { entries } = await sampleContent(base);
    const entry = entries.find(isTeased)!;
    const address = host.at(entry.address);
    await guest.open(address);
    await guest.see('gate-door[data-state="idle"]');
    const { title, summary } = teaserOf(entry);
    expect((await guest.text('.teaser h1')).replace(/\s/g, '')).toBe(title.replace(/\s/g, ''));
    expect(await guest.text('.teaser .summary')).toBe(summary);
    const width = await guest.evaluate(async () => {
      const image = document.querySelector<HTMLImageElement>('.teaser img')!;
      await image.decode();
      return image.naturalWidth;
    }, null);
    expect(width).toBeGreaterThan(0);
    await guest.type('input[name="token"]', await tokenOf('anna'));
    await guest.click('form[data-door] [type="submit"]');
    await guest.see(`html[data-access="open"] article[data-entry="breakdowns/${entry.slug}"]`);
    await guest.close();
  });

  test('leaves the title of a teaser room for words, on the smallest phone with the largest text too', async () => {
    const guest = await newVisitor({ ...options, width: 320 });
    const { entries } = await sampleContent(base);
    await guest.open(host.at(entries.find(isTeased)!.address));
    await guest.evaluate(
      (name) => localStorage.setItem(name, '"largest"'),
      `jinghua ${new URL(host.url).pathname} text-size`,
    );
    await guest.reload();
    await guest.see('html[data-text-size="largest"] .teaser img');
    const characters = await guest.evaluate(() => {
      const title = document.querySelector('.teaser h1')!;
      return title.clientWidth / parseFloat(getComputedStyle(title).fontSize);
    }, null);
    expect(characters).toBeGreaterThan(6);
    await guest.close();
  });

  test('calls a mistyped token mistyped', async () => {
    const token = await tokenOf('anna');
    const last = token.endsWith('0') ? '1' : '0';
    expect(await tryToken(token.slice(0, -1) + last)).toBe('mistyped');
    expect(await tryToken('你好')).toBe('mistyped');
  });

  test('recognises a token of another site', async () => {
    expect(await tryToken(await tokenOf('anna', 1, 'ab'.repeat(32)))).toBe('other-site');
  });

  test('refuses a token that nobody was given', async () => {
    expect(await tryToken(await tokenOf('nobody'))).toBe('unknown');
  });

  test('tells a removed and an expired member since when they are out', async () => {
    expect(await tryToken(await tokenOf('carl'))).toBe('removed');
    expect(await visitor.text('[role="alert"]')).toMatch(/2026.?(-|年).?11.?(-|月).?0?1/);
    expect(await tryToken(await tokenOf('dora'))).toBe('expired');
    expect(await visitor.text('[role="alert"]')).toMatch(/2026.?(-|年).?10.?(-|月).?31/);
  });

  test('tells a member who is out so before it asks for a link, and not that one would open', async () => {
    for (const [id, reason] of [
      ['carl', 'removed'],
      ['dora', 'expired'],
    ] as const) {
      const guest = await newVisitor(options);
      await guest.open(`${page}#key=${await tokenOf(id)}`);
      await guest.see(`[role="alert"][data-reason="${reason}"]`);
      const { gap, seen } = await guest.evaluate(() => {
        const boxOf = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
        return {
          gap: boxOf('form[data-door]').top - boxOf('[role="alert"]').bottom,
          seen: [...document.querySelectorAll('.lead')].filter((one) => one.checkVisibility()).length,
        };
      }, null);
      expect(gap).toBeGreaterThan(16);
      expect(seen).toBe(0);
      await guest.close();
    }
  });

  test('shows in view why a link does not open, even on a small screen', async () => {
    const guest = await newVisitor({ ...options, height: 560 });
    await guest.open(`${host.url}#key=${await tokenOf('carl')}`);
    await guest.see('[role="alert"][data-reason="removed"]');
    await vi.waitFor(async () => {
      const isInView = await guest.evaluate(() => {
        const { top, bottom } = document.querySelector('[role="alert"]')!.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }, null);
      expect(isInView).toBe(true);
    }, patience);
    await guest.close();
  });

  test.skipIf(lacks('early scripts'))(
    'shows in view that a browser is too old, without a form that does nothing',
    async () => {
      const without = () => Reflect.deleteProperty(window, 'DecompressionStream');
      const guest = await newVisitor({ ...options, width: 320, height: 560, without });
      await guest.open(page);
      await guest.see('[role="alert"][data-reason="unsupported"]');
      const { isInView, seen } = await guest.evaluate(() => {
        const { top, bottom } = document.querySelector('[role="alert"]')!.getBoundingClientRect();
        const rest = [...document.querySelectorAll('form[data-door], .lead')];
        return {
          isInView: top >= 0 && bottom <= innerHeight,
          seen: rest.filter((one) => one.checkVisibility()),
        };
      }, null);
      expect(isInView).toBe(true);
      expect(seen).toEqual([]);
      await guest.close();
    },
  );

  test('says so when the host is out of reach', async () => {
    await visitor.open(page);
    await visitor.see('form[data-door] [type="submit"]:enabled');
    await visitor.offline(true);
    await visitor.type('input[name="token"]', await tokenOf('anna'));
    await visitor.click('form[data-door] [type="submit"]');
    expect(await visitor.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    await visitor.offline(false);
  });

  test('opens with a token typed in small letters and with spaces', async () => {
    const token = (await tokenOf('anna')).toLowerCase().replaceAll('-', ' ');
    await visitor.open(page);
    await visitor.see('form[data-door] [type="submit"]:enabled');
    await visitor.type('input[name="token"]', token);
    await visitor.click('form[data-door] [type="submit"]');
    await visitor.see('html[data-access="open"] article[data-entry]');
    expect(await visitor.address()).toBe(page);
  });

  test('opens with a link, and removes its token from the address', async () => {
    const guest = await newVisitor(options);
    await guest.open(`${page}?from=timeline&isappinstalled=0#key=${await tokenOf('ben')}`);
    await guest.see('html[data-access="open"] article[data-entry]');
    expect(await guest.address()).not.toContain('kb_');
    expect(await guest.attribute('html', 'data-in-place')).toBe(isInPlace ? 'stored' : null);
    await guest.close();
  });

  test('stays open over a reload and in a new tab', async () => {
    await visitor.reload();
    await visitor.see('html[data-access="open"]');
    const tab = await visitor.newTab();
    await tab.open(host.url);
    await tab.see('html[data-access="open"]');
    await tab.close();
  });

  test('keeps the token it has when a link brings one that does not open', async () => {
    const tab = await visitor.newTab();
    await tab.open(`${page}#key=${await tokenOf('nobody')}`);
    await tab.reload();
    await tab.see('html[data-access="open"]');
    await tab.close();
  });
});
