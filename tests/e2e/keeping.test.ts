import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { fillEpoch, fillLocal, fillMedia, keptUp, mediaLeft, NEWEST_MEDIA, stored } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { lacks, patience, type Visitor } from '../lib/visitor.ts';

/** A series of two: a members' piece, and a public one with every kind of file that a piece can have. */
const talk = join(projectRoot, 'content/talks/cold-start-first-100');
const bring = (file: string) => new Uint8Array(readFileSync(join(talk, file)));
const common = {
  'series.yaml': 'pair:\n  title: 两篇一组\n  summary: 一篇给成员，一篇公开。\n',
  'people/linxia.mdx': readFileSync(join(projectRoot, 'content/people/linxia.mdx'), 'utf8'),
  'notes/open/index.mdx': noteOf({
    title: '公开的一篇',
    more: 'slug: open\nseries: pair\nnumber: 2\naccess: public\n',
    body: [
      '<Figure src="./funnel.png" alt="漏斗" />',
      '<Audio src="./talk.mp3" title="一段录音" />',
      '<Attachment src="./invite-ledger.csv" title="表" />',
    ].join('\n\n'),
  }),
  'notes/open/funnel.png': bring('funnel.png'),
  'notes/open/talk.mp3': bring('talk.mp3'),
  'notes/open/invite-ledger.csv': bring('invite-ledger.csv'),
  'talks/own/index.mdx': noteOf({
    title: '成员的一篇',
    more: 'slug: own\nspeakers: [linxia]\n',
    body: '<Audio src="./talk.mp3" title="一段录音" />',
  }),
  'talks/own/talk.mp3': bring('talk.mp3'),
};
const talkOf = (title: string, address = 'slug: sealed\n') =>
  noteOf({ title, more: `${address}speakers: [linxia]\nseries: pair\nnumber: 1\n` });

/** The site's builds, one after another. */
const builds: Record<string, Record<string, string | Uint8Array>> = {
  原来的: { 'talks/sealed.mdx': talkOf('原来的') },
  新写的: { 'talks/sealed.mdx': talkOf('新写的') },
  搬走的: { 'talks/sealed.mdx': talkOf('搬走的', 'slug: moved\naliases: [sealed]\n') },
  撤下的: { 'notes/added.mdx': noteOf({ title: '后来的', more: 'slug: added\nseries: pair\nnumber: 3\n' }) },
};

let site: TestSite;
let live: string;
let host: PlainHost;
let visitor: Visitor;

beforeAll(async () => {
  site = withContent(testSite('keeping'), {});
  live = join(site.folder, 'live');
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n' });
  for (const [i, [words, files]] of Object.entries(builds).entries()) {
    const folder = join(site.folder, 'content');
    rmSync(folder, { recursive: true, force: true });
    writeFiles(folder, { ...common, ...files });
    await build({ ...site, env: { ...site.env, KB_NUMBER: String(i + 1) } });
    cpSync(site.out, join(site.folder, words), { recursive: true });
  }
});

beforeEach(async () => {
  publish('原来的');
  host = await servePlain(live, '');
  visitor = await newMember(host.url);
  await keptUp(visitor, '/', 1);
});
afterEach(async () => {
  await visitor.close();
  await host.close();
});
afterAll(() => rmSync(live, { recursive: true, force: true }));

function publish(words: string): void {
  rmSync(live, { recursive: true, force: true });
  cpSync(join(site.folder, words), live, { recursive: true });
}

const open = async (address: string) => {
  await visitor.open(host.at(address));
  await visitor.see('html[data-access="open"] main h1');
};

const takeAlong = async (address: string) => {
  await open(address);
  await visitor.click('take-along[data-state="idle"] [data-do="take"]');
  await visitor.see('take-along[data-state="taken"]');
};

/** Returns the addresses listed on the account page. */
async function listed(): Promise<string[]> {
  await open('/account/');
  await visitor.see('kept-pages[data-state="listed"] li a');
  return visitor.evaluate(
    () =>
      [...document.querySelectorAll<HTMLAnchorElement>('kept-pages li a')].map(({ pathname }) => pathname),
    null,
  );
}

/** Plays the recording of the open page, near its end. */
function playNearTheEnd(): Promise<void> {
  return visitor.evaluate(async () => {
    const audio = document.querySelector('audio')!;
    audio.muted = true;
    audio.load();
    await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
    audio.currentTime = audio.duration * 0.9;
    await audio.play();
    while (audio.seeking) await new Promise((resolve) => setTimeout(resolve, 50));
  }, null);
}

test('a series is kept with the pictures, recordings and files of its public pieces', async () => {
  await takeAlong('/series/pair/');
  host.cut(true);
  await open('/notes/open/');
  const shown = await visitor.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>('article img')!;
    image.loading = 'eager';
    await image.decode();
    const file = await fetch(document.querySelector<HTMLAnchorElement>('.attachment a')!.href);
    return {
      width: image.naturalWidth,
      file: (await file.arrayBuffer()).byteLength,
      type: file.headers.get('Content-Disposition'),
    };
  }, null);
  await playNearTheEnd();
  expect(shown.width).toBeGreaterThan(0);
  expect(shown.file).toBe(bring('invite-ledger.csv').length);
  expect(shown.type).toBe('attachment');
});

test('dropping a piece keeps what its series still needs', async () => {
  await takeAlong('/series/pair/');
  await takeAlong('/talks/sealed/');
  await visitor.click('take-along [data-do="drop"]');
  await visitor.see('take-along[data-state="idle"]');
  host.cut(true);
  await open('/talks/sealed/');
  expect(await visitor.text('article h1')).toBe('原来的');
});

/** Waits until a browser has reached a build and stored its kept pages. */
async function comeTo(number: number): Promise<void> {
  // Opens a page that isn't a piece: the piece's new version must be stored without being opened.
  await expect
    .poll(async () => (await open('/account/'), visitor.attribute('html', 'data-build')), {
      timeout: 30_000,
      interval: 1000,
    })
    .toBe(String(number));
  await keptUp(visitor, '/', number);
}

test('a kept piece is updated with the site', async () => {
  await takeAlong('/talks/sealed/');
  publish('新写的');
  await comeTo(2);
  host.cut(true);
  await open('/talks/sealed/');
  expect(await visitor.text('article h1')).toBe('新写的');
});

test('a kept piece that has moved is kept at its new address', async () => {
  await takeAlong('/talks/sealed/');
  publish('搬走的');
  await comeTo(3);
  host.cut(true);
  await open('/talks/moved/');
  expect(await visitor.text('article h1')).toBe('搬走的');
  await visitor.see('take-along[data-state="taken"]');
  expect(await listed()).toEqual(['/talks/moved/']);
});

test('a piece that is gone is no longer kept, and a new piece of a kept series is', async () => {
  await takeAlong('/series/pair/');
  await takeAlong('/talks/sealed/');
  publish('撤下的');
  await comeTo(4);
  host.cut(true);
  await open('/notes/added/');
  expect(await visitor.text('article h1')).toBe('后来的');
  expect(await listed()).toEqual(['/series/pair/']);
});

test('only the newest of the media that nobody took along are kept', async () => {
  await takeAlong('/series/pair/');
  await takeAlong('/talks/own/');
  await fillMedia(visitor, '/');
  publish('新写的');
  await comeTo(2);
  expect(await mediaLeft(visitor, '/')).toEqual(NEWEST_MEDIA);
  host.cut(true);
  for (const address of ['/notes/open/', '/talks/own/']) {
    await open(address);
    await playNearTheEnd();
  }
});

/** Returns the addresses of stored pages, search index files and tables. */
function keptObjects(): Promise<string[]> {
  return visitor.evaluate(async () => {
    const [epoch] = (await caches.keys()).filter((name) => /^gate \/ [0-9a-f]{32}$/.test(name));
    return (await (await caches.open(epoch!)).keys()).map(({ url }) => new URL(url).pathname);
  }, null);
}

test('only the pages of the newest build are kept once there are many', async () => {
  await open('/talks/sealed/');
  await fillEpoch(visitor, '/');
  publish('新写的');
  await comeTo(2);
  const kept = await keptObjects();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter((address) => !existsSync(join(live, address)))).toEqual([]);
  host.cut(true);
  await open('/account/');
});

describe('taking along', () => {
  test('says so when the connection is lost, and can be tried again', async () => {
    await open('/series/pair/');
    host.cut(true);
    await visitor.click('take-along [data-do="take"]');
    await visitor.see('take-along[data-state="offline"]');
    host.cut(false);
    await visitor.click('take-along .offline [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
  });

  test('can be stopped in the middle of a recording of a public piece, which then no longer loads', async () => {
    await open('/series/pair/');
    host.stall(/\/media\/.*\.mp3/);
    await visitor.click('take-along [data-do="take"]');
    await vi.waitFor(() => expect(host.requests.join()).toMatch(/\.mp3(?:,|$)/), patience);
    await visitor.click('take-along [data-do="stop"]');
    await visitor.see('take-along[data-state="idle"]');
    await stored(visitor);
    host.stall();
    await visitor.click('take-along .idle [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
  });

  test('says so when the list of what was taken along has no room', async () => {
    await open('/series/pair/');
    const empty = await fillLocal(visitor);
    await visitor.click('take-along [data-do="take"]');
    await visitor.see('take-along[data-state="full"]');
    await empty();
    await visitor.click('take-along .full [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
  });

  test.skipIf(lacks('quota'))('says so when the device is full, and lists nothing', async () => {
    await open('/series/pair/');
    await visitor.fill(host.url);
    await visitor.click('take-along [data-do="take"]');
    await visitor.see('take-along[data-state="full"]');
    await open('/account/');
    await visitor.see('kept-pages[data-state="empty"]');
    // Reading still works: a page that isn't kept can be opened.
    await open('/notes/open/');
  });
});
