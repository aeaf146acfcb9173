import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { gateTexts } from '../../src/gate/texts.ts';
import { parseLog } from '../../src/mine/log-format.ts';
import { keptUp, reminded } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { bothWays } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSite, tokenOf, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

/** Successive builds: dora is a member; her membership has expired; she has renewed it. */
const versions = { member: '2027-11-20', expired: '2026-11-20', renewed: '2028-11-20' };
type Version = keyof typeof versions;

let site: TestSite;
beforeAll(async () => {
  site = withContent(testSite('ended'), {
    'notes/a.mdx': noteOf({ title: '第一则', more: 'slug: a\n' }),
    'notes/b.mdx': noteOf({ title: '第二则', more: 'slug: b\n' }),
  });
  for (const [at, [version, expires]] of Object.entries(versions).entries()) {
    writeFiles(site.folder, { 'members.yaml': `- id: anna\n- id: dora\n  expires: ${expires}\n` });
    await build({ ...site, env: { ...site.env, KB_NUMBER: String(at + 1) } });
    cpSync(site.out, join(site.folder, version), { recursive: true });
  }
});

let host: PlainHost;
let dora: Visitor;
const live = () => join(site.folder, 'live');
const publish = (version: Version) => {
  rmSync(live(), { recursive: true, force: true });
  cpSync(join(site.folder, version), live(), { recursive: true });
};
/** The last `root` counts as fresh for ten seconds, so a browser needs more than one look. */
const soon = { timeout: patience, interval: 1000 };
const reason = () => dora.attribute('[role="alert"][data-reason]', 'data-reason');

async function begin(options: object): Promise<void> {
  publish('member');
  host = await servePlain(live(), '');
  dora = await newMember(host.url, options, 'dora');
  await dora.open(`${host.url}notes/a/`);
  await dora.see('html[data-access="open"] article');
}
afterEach(async () => {
  await dora.close();
  await host.close();
});

/** Opens the note repeatedly until it is locked. */
const becomeLocked = () =>
  vi.waitFor(async () => {
    await dora.open(`${host.url}notes/a/`);
    await dora.see('html[data-access="open"] article, [role="alert"][data-reason="expired"]');
    expect(await dora.attribute('html', 'data-access')).toBe('locked');
  }, soon);

/** Comes back to an open page, until it says that the membership has ended. */
const comeBack = () =>
  dora.evaluate(async () => {
    const says = () => document.querySelector('gate-account [data-says]')!.textContent;
    while (says() === '') {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      // A second look too soon would find that nobody is logged in any more, and load the door.
      const next = performance.now() + 3000;
      while (says() === '' && performance.now() < next)
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return says();
  }, null);

/** Waits until the worker has stored the door, and returns the addresses of all files in the caches. */
const keptDoor = () =>
  vi.waitFor(async () => {
    const files = await dora.evaluate(async () => {
      const kept = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
      return (await Promise.all(kept)).flat().map(({ url }) => new URL(url).pathname);
    }, null);
    expect(files).toContain('/offline/');
    return files;
  }, soon);

describe('a member whose membership has ended, with the worker', () => {
  beforeEach(async () => {
    await begin({});
    await dora.click('mine-marks [data-state="saved"]');
    await keptUp(dora, '/');
    publish('expired');
    await becomeLocked();
    await keptDoor();
  });

  test('is told so offline too, wherever they go, and nothing of members stays in the caches', async () => {
    await dora.offline(true);
    for (const page of ['notes/b/', '', 'mine/', 'notes/a/']) {
      await dora.open(host.url + page);
      expect(await reason()).toBe('expired');
      expect(await dora.text('[role="alert"]')).toContain('会员已于 2026 年 11 月 22 日到期');
    }
    await dora.evaluate(() => void setTimeout(() => history.back(), 100), null);
    await vi.waitFor(async () => expect(await dora.address()).not.toBe(`${host.url}notes/a/`), patience);
    expect(await reason()).toBe('expired');
    const others = (await keptDoor()).filter((path) => path !== '/offline/' && !path.startsWith('/a/'));
    expect(others).toEqual([]);
  });

  test('can take along their marks, offline too', async () => {
    await dora.offline(true);
    await dora.open(`${host.url}mine/`);
    expect(await reason()).toBe('expired');
    const { name, text } = await dora.save('[role="alert"] mine-export button');
    expect(name).toMatch(/^jinghua-mine-.*\.json$/);
    expect(parseLog(text)!.log.pieces.get('notes/a')!.state).toBe('saved');
  });

  test('is in again once they have renewed and are online', async () => {
    await dora.offline(true);
    await dora.open(`${host.url}notes/b/`);
    expect(await reason()).toBe('expired');
    publish('renewed');
    await dora.offline(false);
    await dora.see('html[data-access="open"] article[data-entry="notes/b"]');
  });

  test('can enter another link offline, which opens once they are online', async () => {
    await dora.offline(true);
    await dora.open(`${host.url}notes/b/`);
    expect(await reason()).toBe('expired');
    await dora.type('input[name="token"]', await tokenOf('anna'));
    await dora.click('form[data-door] [type="submit"]');
    await dora.see('[role="alert"][data-reason="offline"]');
    await dora.offline(false);
    await dora.click('[role="alert"] [data-retry]');
    await dora.see('html[data-access="open"] article[data-entry="notes/b"]');
  });
});

test('a door with a script that came only in part is not kept', async () => {
  await begin({});
  await keptUp(dora, '/');
  publish('expired');
  host.lie((truth, url) => {
    const isScript = /\/a\/open\.[^/]+\.js$/.test(url);
    return isScript ? { type: 'text/javascript', bytes: truth.subarray(0, 99) } : null;
  });
  await becomeLocked();
  host.lie();
  await becomeLocked();
  await keptDoor();
  const size = () =>
    dora.evaluate(async () => {
      const cache = await caches.open('gate / door');
      const script = (await cache.keys()).find(({ url }) => url.includes('/a/open.'))!;
      return (await (await cache.match(script))!.arrayBuffer()).byteLength;
    }, null);
  expect(await size()).toBeGreaterThan(99);
});

test('a page that the host shows instead of its doors for a while is not kept', async () => {
  await begin({});
  await keptUp(dora, '/');
  publish('expired');
  writeFiles(live(), { 'offline/index.html': '<!doctype html><h1>Back soon' });
  await becomeLocked();
  publish('expired');
  await becomeLocked();
  await keptDoor();
  await dora.offline(true);
  await dora.open(`${host.url}notes/b/`);
  expect(await reason()).toBe('expired');
});

test('a search page that was open when the membership ended says so when it finds nothing any more', async () => {
  await begin({});
  await keptUp(dora, '/');
  const search = await dora.newTab();
  await search.open(`${host.url}search/`);
  await search.see('html[data-access="open"] [data-search-state="idle"]');
  publish('expired');
  await becomeLocked();
  await search.type('search-results input[name="q"]', '第一则');
  await search.see('gate-account [data-says="expired"]');
  await search.close();
});

describe.each(bothWays)('a page that is open when the membership ends, $name', ({ options, name }) => {
  beforeEach(() => begin(options));

  test('says so, and leads to the door', async () => {
    // In the background, a new page asks about what is kept, and might learn of the end first.
    await (name === 'with the worker' ? keptUp(dora, '/') : reminded(dora, '/'));
    publish('expired');
    expect(await comeBack()).toContain(gateTexts.ended.expired);
    expect(await dora.text('article h1')).toBe('第一则');
    if (name === 'with the worker') {
      await keptDoor();
      await dora.offline(true);
    }
    await dora.click('gate-account [data-do="reload"]');
    expect(await reason()).toBe('expired');
  });

  test('leads to a door where the marks can be saved, if there are any', async () => {
    await dora.click('mine-marks [data-state="saved"]');
    publish('expired');
    await becomeLocked();
    const { text } = await dora.save('[role="alert"] mine-export button');
    expect(parseLog(text)!.log.pieces.get('notes/a')!.title).toBe('第一则');
    await dora.evaluate(() => localStorage.clear(), null);
    await dora.reload();
    await dora.see('[role="alert"][data-reason="expired"] mine-export:defined');
    expect(await dora.evaluate(() => document.querySelector('mine-export')!.childNodes.length, null)).toBe(0);
  });
});
