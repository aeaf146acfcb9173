import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { gateTexts } from '../../src/gate/texts.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { keptUp } from '../lib/kept.ts';
import { loaded } from '../lib/loaded.ts';
import { inPlace } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, patience, type Visitor } from '../lib/visitor.ts';

let host: PlainHost;
let content: Content;
let talk: Entry;
let note: Entry;
beforeAll(async () => {
  host = await serveSample('/repo');
  content = await sampleContent('/repo');
  talk = content.entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
  note = content.entries.find(({ form, access }) => access === 'members' && form === 'notes')!;
});
afterAll(() => host.close());

async function enter(visitor: Visitor): Promise<void> {
  await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
  await visitor.see('html[data-access="open"]');
}

describe('a browser with the worker', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await newVisitor();
    await enter(visitor);
    await visitor.open(host.at(note.address));
    await visitor.see('html[data-access="open"] article[data-entry]');
    await keptUp(visitor, '/repo/');
  });
  afterAll(() => visitor.close());

  test('opens a page again offline, with its styles', async () => {
    await visitor.offline(true);
    await visitor.open(host.at(note.address));
    expect(await visitor.text('article[data-entry] h1')).toBe(note.title);
    await loaded(visitor);
    const font = await visitor.evaluate(
      () => getComputedStyle(document.querySelector('h1')!).fontFamily,
      null,
    );
    expect(font).toContain('Songti');
  });

  test('shows the offline page for what it has not stored, and opens it once it is online', async () => {
    await visitor.open(host.at(talk.address));
    await visitor.see('html[data-access="open"] try-again button');
    expect(await visitor.text('main h1')).toContain('暂时连不上');
    expect(await visitor.address()).toBe(host.at(talk.address));
    await visitor.see('kept-pages[data-state="empty"]');
    await visitor.offline(false);
    await visitor.see('article[data-entry^="talks/"]');
  });

  test('opens the search and the member’s own page offline, even if they were never opened before', async () => {
    await visitor.offline(true);
    try {
      for (const address of ['/search/', '/mine/']) {
        await visitor.open(host.at(address));
        await visitor.see('html[data-access="open"] main:not(:has(try-again)) h1');
      }
    } finally {
      await visitor.offline(false);
    }
  });

  test('does not reload the offline page when it is opened by its own address', async () => {
    await visitor.open(host.at('/offline/'));
    await visitor.see('html[data-access="open"] try-again button');
    await visitor.evaluate(async () => {
      document.documentElement.dataset.same = '';
      dispatchEvent(new Event('online'));
      // Long enough for the answer to the page's own request, and for the reload after it.
      for (let i = 0; i < 20; i += 1) await (await fetch(location.href, { cache: 'no-store' })).text();
    }, null);
    await visitor.see('html[data-same]');
  });

  test('keeps trying when there is a connection but the host can’t be reached yet', async () => {
    host.cut(true);
    await visitor.offline(true);
    await visitor.open(host.at('/people/'));
    await visitor.see('html[data-access="open"] try-again button');
    await visitor.offline(false);
    const asked = () => host.requests.filter((url) => url === '/repo/people/').length;
    // A browser repeats a request if a kept-alive connection breaks.
    await expect.poll(asked, { timeout: 30_000 }).toBeGreaterThan(1);
    host.cut(false);
    await visitor.see('html[data-access="open"] main:not(:has(try-again)) h1');
  });

  test.each([503, 429])('keeps trying while the host answers with the error %i', async (status) => {
    const page = status === 503 ? '/awards/' : '/compare/';
    host.fail(status);
    await visitor.open(host.at(page));
    await visitor.see('html[data-access="open"] try-again button');
    const asked = () => host.requests.filter((url) => url === `/repo${page}`).length;
    await visitor.evaluate(() => void (document.documentElement.dataset.same = ''), null);
    const before = asked();
    await expect.poll(asked, { timeout: 30_000 }).toBeGreaterThan(before + 1);
    await visitor.see('html[data-same]');
    host.fail(0);
    await visitor.see('html[data-access="open"] main:not(:has(try-again)) h1');
  });

  test('takes a talk along with its recording', async () => {
    await visitor.open(host.at(talk.address));
    await visitor.click('take-along[data-state="idle"] [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
    await visitor.offline(true);
    await visitor.open(host.at(talk.address));
    const played = await visitor.evaluate(async () => {
      const audio = document.querySelector('audio')!;
      audio.muted = true;
      audio.load();
      await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
      const target = audio.duration * 0.9;
      audio.currentTime = target;
      await audio.play();
      while (audio.seeking || audio.currentTime <= target)
        await new Promise((resolve) => setTimeout(resolve, 50));
      return audio.currentTime - target;
    }, null);
    expect(played).toBeGreaterThan(0);
    await visitor.offline(false);
  });

  test('takes a series along with its pieces, and lists it', async () => {
    await visitor.open(host.at('/series/cold-start-talks/'));
    await visitor.see('html[data-access="open"] take-along');
    const series = await visitor.text('main h1 > :first-child');
    await visitor.click('take-along[data-state="idle"] [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
    const pages = JSON.parse((await visitor.attribute('take-along', 'data-pages'))!) as string[];
    await visitor.offline(true);
    for (const page of pages) {
      await visitor.open(new URL(page, host.url).href);
      await visitor.see('html[data-access="open"] main:not(:has(try-again)) h1');
    }
    await visitor.open(host.at('/topics/nowhere/'));
    await visitor.see('kept-pages[data-state="listed"] li');
    expect(await visitor.text('kept-pages ul')).toContain(series);
    expect(await visitor.text('kept-pages ul')).toContain(talk.title);
    // A page that waits for a connection would reload during the next test.
    await visitor.open(host.at(talk.address));
    await visitor.see('html[data-access="open"] article[data-entry]');
    await visitor.offline(false);
  });

  test('searches only what was taken along when the index is out of reach', async () => {
    const said = talk.lines.map(({ text }) => /\p{Script=Han}{8}/u.exec(text)?.[0]).find(Boolean)!;
    await visitor.offline(true);
    try {
      await visitor.open(host.at(talk.address));
      await visitor.see('html[data-access="open"] article[data-entry]');
      await visitor.click('[data-search-open]');
      await visitor.type('search-dialog input[name="q"]', talk.title);
      await visitor.see('search-dialog li[data-entry] mark');
      // Until the index has failed, these results are shown as provisional.
      await vi.waitFor(
        async () => expect(await visitor.text('search-dialog .search-status')).toContain('只搜了带走的'),
        patience,
      );

      await visitor.click('search-dialog .search-foot a');
      await visitor.see('[data-search-state="done"] .search-retry');
      expect(await visitor.text('.search-status')).toContain('只搜了带走的');
      expect(await visitor.text('[data-search-results] > li[data-entry] a')).toBe(talk.title);
      await visitor.type('search-results input[name="q"]', 'qwzx');
      await visitor.see('[data-search-state="done"] [data-search-count="0"]');
      // Last: the results for the title have hits in lines, too.
      await visitor.type('search-results input[name="q"]', said);
      await visitor.see('[data-search-results] > li[data-entry] [data-place="line"] mark');
    } finally {
      await visitor.offline(false);
    }
  });

  test('stores only ciphertext', async () => {
    const kept = await visitor.evaluate(async () => {
      const texts: string[] = [];
      const decoder = new TextDecoder();
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (new URL(request.url).pathname.startsWith('/repo/a/')) continue;
          const bytes = await (await cache.match(request))!.arrayBuffer();
          texts.push(`${request.url} ${decoder.decode(bytes)}`);
        }
      }
      const opening = indexedDB.open('gate /repo/');
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const getting = opening.result.transaction('gate').objectStore('gate').getAll();
      await new Promise((resolve) => (getting.onsuccess = resolve));
      opening.result.close();
      const strings = (value: unknown): string =>
        value instanceof Uint8Array
          ? decoder.decode(value)
          : value instanceof CryptoKey
            ? `key, readable: ${value.extractable}`
            : typeof value === 'object' && value !== null
              ? Object.values(value).map(strings).join(' ')
              : String(value);
      const local = Object.keys(localStorage).map((key) => localStorage.getItem(key)!);
      return { texts, store: strings(getting.result), local: local.join(' ') };
    }, null);
    expect(kept.texts.length).toBeGreaterThan(20);
    expect(kept.texts.filter((text) => !/^\S+\/repo\/o\/[0-9a-f]{2}\/[0-9a-f]{32} /.test(text))).toEqual([]);
    const all = [...kept.texts, kept.store, kept.local].join('\n');
    for (const { title } of content.entries.filter(({ access }) => access === 'members')) {
      expect(all).not.toContain(title);
    }
    expect(all).not.toContain('<html');
    expect(all).not.toContain(await tokenOf('anna'));
    expect(kept.store).not.toContain('readable: true');
  });

  test('searches what was taken along while the index is late, and everything once it is there', async () => {
    await visitor.open(host.at('/search/'));
    await visitor.see('html[data-access="open"] [data-search-state="idle"]');
    const release = host.hold(/\/o\/|\/pagefind\//);
    try {
      await visitor.type('search-results input[name="q"]', talk.title);
      await visitor.see('[data-search-results] > li[data-entry] mark');
      expect(await visitor.text('.search-status')).toContain('先搜了带走的');
      expect(await visitor.attribute('search-results', 'data-search-state')).toBe('searching');
    } finally {
      release();
    }
    await visitor.see('[data-search-state="done"] [data-search-results] > li[data-entry] mark');
    expect(await visitor.text('.search-status')).not.toContain('带走');
  });

  test('says how much space it uses, and clears it', async () => {
    await visitor.open(host.at('/account/'));
    await visitor.see('device-storage:not([hidden])');
    expect(await visitor.text('[data-usage]')).toMatch(/^\d+\.\d MB$/);
    await visitor.click('device-storage button');
    await visitor.see('kept-pages[data-state="empty"]');
    await visitor.offline(true);
    const names = await visitor.evaluate(() => caches.keys(), null);
    expect(names.filter((name) => name.endsWith('media'))).toEqual([]);
    await visitor.offline(false);
    // The next page stores the offline page again.
    await visitor.open(host.at(note.address));
    await keptUp(visitor, '/repo/');
    await visitor.offline(true);
    await visitor.open(host.at('/topics/nowhere/'));
    await visitor.see('html[data-access="open"] try-again button');
    await visitor.open(host.at(note.address));
    await visitor.see('html[data-access="open"] article[data-entry]');
    await visitor.offline(false);
  });

  test('drops a talk when told to', async () => {
    await visitor.open(host.at(talk.address));
    await visitor.click('take-along[data-state="idle"] [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
    const segments = () =>
      visitor.evaluate(async () => (await (await caches.open('gate /repo/ media')).keys()).length, null);
    expect(await segments()).toBeGreaterThan(1);
    await visitor.click('take-along [data-do="drop"]');
    await visitor.see('take-along[data-state="idle"]');
    expect(await segments()).toBe(0);
  });
});

test.skipIf(lacks('early scripts'))(
  'a browser that can’t tell how much it stores can take things along too',
  async () => {
    const visitor = await newVisitor({
      without: () => delete (Navigator.prototype as { storage?: unknown }).storage,
    });
    await enter(visitor);
    await visitor.open(host.at(talk.address));
    await visitor.click('take-along[data-state="idle"] [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
    await visitor.open(host.at('/account/'));
    await visitor.see('device-storage:not([hidden])');
    expect(await visitor.text('[data-usage]')).toBe('–');
    await visitor.close();
  },
);

test('a browser without the worker says that it can’t keep anything', async () => {
  const visitor = await newVisitor(inPlace.visitor);
  await enter(visitor);
  await visitor.open(host.at(talk.address));
  expect(await visitor.text('take-along[data-state="unable"] .unable')).toContain('浏览器');
  await visitor.open(host.at('/account/'));
  await visitor.see('kept-pages[data-state="unable"]');
  expect(await visitor.text('section:has(kept-pages)')).not.toContain(gateTexts.kept.lead);
  expect(await visitor.evaluate(() => document.querySelector('device-storage'), null)).toBeNull();
  await visitor.close();
});
