import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newMember } from '../lib/member.ts';
import { bothWays } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { tokenOf } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { buildTwice, type TwoBuilds } from '../lib/two-builds.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

const content = {
  'notes/first.mdx': noteOf({ title: '第一则', more: 'slug: first\n' }),
  'notes/second.mdx': noteOf({ title: '第二则', more: 'slug: second\n' }),
};

// Between the two builds, ben was removed, carl got a new link, and a note was added.
let site: TwoBuilds;
beforeAll(async () => {
  site = await buildTwice('rotation', content, '- id: anna\n- id: ben\n- id: carl\n', {
    'members.yaml': '- id: anna\n- id: ben\n  removed: 2026-11-21\n- id: carl\n  serial: 2\n',
    'content/notes/third.mdx': noteOf({ title: '第三则', more: 'slug: third\n' }),
  });
});

describe.each(bothWays)('a new epoch meets an open browser $name', ({ options }) => {
  let host: PlainHost;
  let anna: Visitor;
  let ben: Visitor;
  let carl: Visitor;
  let leaver: Visitor;

  beforeAll(async () => {
    site.publish('before');
    host = await servePlain(site.live, '');
    anna = await enter('anna');
    ben = await enter('ben');
    carl = await enter('carl');
    leaver = await enter('anna');
    // These stay on the device.
    for (const page of ['notes/first/', 'account/']) {
      await leaver.open(host.url + page);
      await leaver.see('html[data-access="open"]');
    }
    site.publish('after');
  });
  afterAll(async () => {
    await anna.close();
    await ben.close();
    await carl.close();
    await leaver.close();
    await host.close();
  });

  const enter = (id: string): Promise<Visitor> => newMember(host.url, options, id);

  test('a remaining member reads on without being asked', async () => {
    await anna.open(`${host.url}notes/third/`);
    expect(await anna.text('article[data-entry="notes/third"] h1')).toBe('第三则');
  });

  test('a removed member is told since when, and opens nothing more', async () => {
    await ben.open(`${host.url}notes/third/`);
    expect(await ben.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('removed');
    expect(await ben.text('[role="alert"]')).toContain('已于 2026 年 11 月 21 日停用');
    await ben.open(`${host.url}notes/first/`);
    expect(await ben.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('removed');
  });

  test('a tab that was open with an old link leaves the new one in force', async () => {
    const tab = await carl.newTab();
    await tab.open(`${host.url}#key=${await tokenOf('carl', 2)}`);
    // The worker first opens the page of the earlier build, which loads itself again with the new link.
    await tab.see('html[data-access="open"][data-build="2"]');
    // It looks for news when it is come back to, once the last `root` no longer counts as fresh.
    const says = () =>
      carl.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        return document.querySelector<HTMLElement>('gate-account [data-says]')!.dataset.says;
      }, null);
    await vi.waitFor(async () => expect(await says()).toBe('newer'), { timeout: patience, interval: 1000 });
    for (const one of [carl, tab]) {
      await one.open(`${host.url}notes/third/`);
      expect(await one.text('article[data-entry="notes/third"] h1')).toBe('第三则');
    }
    await tab.close();
  });

  test('a tab that is getting the new keys stores none once the member has logged out in another', async () => {
    const sendRoot = host.hold(/\/root$/);
    const tab = await leaver.newTab();
    await tab.open(`${host.url}notes/first/`);
    await tab.see('html[data-access="open"]');
    await leaver.open(`${host.url}account/`);
    await leaver.see('log-out button:enabled');
    // Until its door comes, the other tab's page is there, and gets what it has asked for.
    const sendDoor = host.hold(/\/notes\/first\/$/);
    host.requests.length = 0;
    await leaver.click('log-out button');
    await leaver.see('html[data-access="locked"] gate-door[data-state="idle"]');
    await vi.waitFor(() => expect(host.requests).toContain('/notes/first/'), patience);
    sendRoot();
    await leaver.evaluate(async () => {
      for (let i = 0; i < 20; i += 1) await (await fetch(location.href, { cache: 'no-store' })).text();
    }, null);
    const left = () =>
      leaver.evaluate(async () => [...(await indexedDB.databases()), ...(await caches.keys())], null);
    expect(await left()).toEqual([]);
    sendDoor();
    await tab.see('html[data-access="locked"] gate-door[data-state="idle"]');
    await tab.close();
  });

  test('a host that goes back to an older build is refused, until it comes forward again', async () => {
    site.publish('before');
    await anna.open(`${host.url}notes/second/`);
    expect(await anna.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    expect(await anna.attribute('html', 'data-access')).toBe('locked');
    site.publish('after');
    await anna.reload();
    expect(await anna.text('article[data-entry="notes/second"] h1')).toBe('第二则');
  });
});
