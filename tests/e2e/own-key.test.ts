import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newMember } from '../lib/member.ts';
import { bothWays } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, type Visitor } from '../lib/visitor.ts';

let host: PlainHost;
let note: string;
beforeAll(async () => {
  host = await serveSample('/repo');
  const { entries } = await sampleContent('/repo');
  const entry = entries.find(({ form, access }) => form === 'notes' && access === 'members')!;
  note = host.at(entry.address);
});
afterAll(() => host.close());

describe.each(bothWays)('a member’s key $name', ({ options }) => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await newMember(host.url, options);
  });
  afterEach(() => visitor.close());

  const ownLink = async () => {
    await visitor.open(`${host.url}account/`);
    await visitor.click('own-link [data-show]');
    await visitor.see('own-link [data-code] svg');
    return visitor.evaluate(() => document.querySelector<HTMLInputElement>('#own-link')!.value, null);
  };

  test('a member sees their own link when they ask for it', async () => {
    const link = `${host.url}#key=${await tokenOf('anna')}`;
    expect(await ownLink()).toBe(link);
    await visitor.click('own-link [data-copy]');
    await visitor.see('own-link [role="status"]:not(:empty)');
    expect(await visitor.copied()).toBe(link);
    await visitor.click('own-link [data-hide]');
    await visitor.see('own-link[data-state="hidden"]');
    const html = await visitor.evaluate(() => document.documentElement.outerHTML, null);
    expect(html).not.toContain('kb_');
  });

  test('a member sees their own link without a code while the host can’t be reached', async () => {
    await visitor.open(`${host.url}account/`);
    await visitor.see('own-link [data-show]:enabled');
    await visitor.offline(true);
    await visitor.click('own-link [data-show]');
    await visitor.see('own-link [hidden] [data-code]');
    const link = await visitor.evaluate(
      () => document.querySelector<HTMLInputElement>('#own-link')!.value,
      null,
    );
    expect(link).toContain(await tokenOf('anna'));
    await visitor.offline(false);
    expect(await ownLink()).toBe(link);
  });

  test('another member’s link replaces a valid one only when asked to', async () => {
    await visitor.open(`${note}#key=${await tokenOf('ben')}`);
    await visitor.click('gate-account [data-says="other"] [data-do="keep"]');
    expect(await ownLink()).toContain(await tokenOf('anna'));
    await visitor.open(`${note}#key=${await tokenOf('ben')}`);
    await visitor.click('gate-account [data-says="other"] [data-do="change"]');
    await visitor.see('gate-account [data-says=""]');
    await visitor.see('html[data-access="open"] article[data-entry]');
    expect(await ownLink()).toContain(await tokenOf('ben'));
  });

  // Safari deletes everything after a week; people who free space delete what they find.
  test.each(['everything', 'the keys'])('a browser that lost %s opens again with one link', async (lost) => {
    await visitor.evaluate(async (what) => {
      await new Promise((resolve) => {
        indexedDB.deleteDatabase('gate /repo/').onsuccess = resolve;
      });
      if (what === 'the keys') return;
      localStorage.clear();
      sessionStorage.clear();
      for (const name of await caches.keys()) await caches.delete(name);
      for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    }, lost);
    await visitor.open(note);
    // A worker that still has the keys in memory continues until the browser stops it.
    if (lost === 'everything') await visitor.see('gate-door[data-state="idle"]');
    // If that page is already open, the link only changes the fragment and then reloads it.
    await visitor.evaluate(() => (document.documentElement.dataset.before = ''), null);
    await visitor.open(`${note}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"]:not([data-before]) article[data-entry]');
    await visitor.open(`${host.url}topics/`);
    await visitor.see('html[data-access="open"] main h1');
    expect(await ownLink()).toContain(await tokenOf('anna'));
  });
});

// In place, every door opens by itself, and one with a key reloads.
test.skipIf(lacks('early scripts'))(
  'a member’s own link loads a page only once when they are in already',
  async () => {
    const countLoads = () => {
      sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;
    };
    const visitor = await newMember(host.url, { without: countLoads });
    const loads = () =>
      visitor.evaluate(() => {
        const [load] = performance.getEntriesByType('navigation');
        return { count: Number(sessionStorage.loads), address: load!.name };
      }, null);
    const before = await loads();
    await visitor.open(`${note}#key=${await tokenOf('anna')}&to=main`);
    await visitor.see('html[data-access="open"] article[data-entry]');
    // A reload would lose what a member has done on the page.
    expect(await loads()).toEqual({
      count: before.count + 1,
      address: expect.not.stringContaining('key=') as string,
    });
    expect(await visitor.address()).toBe(`${note}#main`);
    await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"]');
    expect(await visitor.address()).toBe(host.url);
    await visitor.close();
  },
);
