import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { modesOnOneBase } from '../lib/modes.ts';
import { serveSample, type PlainHost } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

/** So long (milliseconds) somebody may look at a page that says nothing. */
const patience = 60_000;

vi.setConfig({ testTimeout: 3 * patience });

describe.each(modesOnOneBase)(
  'a host that begins an answer and falls silent $name',
  ({ base, visitor: options }) => {
    let host: PlainHost;
    let visitor: Visitor;

    beforeAll(async () => {
      host = await serveSample(base);
      visitor = await newVisitor(options);
    });
    afterAll(async () => {
      await visitor.close();
      await host.close();
    });

    const isSeen = (selector: string) =>
      visitor.evaluate((wanted) => document.querySelector(wanted) !== null, selector).catch(() => false);
    const wait = (selector: string) =>
      vi.waitFor(async () => expect(await isSeen(selector)).toBe(true), { timeout: patience, interval: 200 });

    test.each([
      ['the key store', async () => `${host.url}#key=${await tokenOf('anna')}`],
      ['a page', () => Promise.resolve(`${host.url}discussions/`)],
    ])('with %s is said to be out of reach, and lets one in when it speaks', async (_, address) => {
      host.stall(/\/o\//);
      // A page that has not come yet is waited for by the driver, too.
      await visitor.open(await address()).catch(() => undefined);
      await wait('[role="alert"][data-reason="offline"]');
      host.stall();
      await visitor.click('[role="alert"] [data-retry]');
      await visitor.see('html[data-access="open"]');
    });

    test('with the search index is said to be, and is asked anew', async () => {
      await visitor.open(`${host.url}search/`);
      await visitor.see('html[data-access="open"] [data-search-state="idle"]');
      host.stall(/\/o\/|\/pagefind\//);
      await visitor.type('input[type="search"]', '公告');
      await wait('[data-search-state="done"]');
      expect(await isSeen('[data-search-count]')).toBe(false);
      host.stall();
      await visitor.type('input[type="search"]', '群公告');
      await visitor.see('[data-search-results] > li');
    });
  },
);
