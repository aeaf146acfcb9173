import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { readTiers } from '../../scripts/lib/tiers.ts';
import { bundleWorker } from '../../scripts/steps/worker.ts';
import { deriveTierKeys, encodeRoot, parseRoot, parseSecret, signRoot } from '../../src/vault/index.ts';
import { inPlace } from '../lib/modes.ts';
import { servePlain } from '../lib/sample.ts';
import { build, testSecret, testSite, tokenOf, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { lacks, newVisitor, type Visitor } from '../lib/visitor.ts';

/** Builds of one site, in their order: dora has expired; she has renewed; the note has other words. */
const versions = ['expired', 'renewed', 'newer'] as const;
type Version = (typeof versions)[number];

let site: TestSite;
let live: string;
let oldWorker: string;
let host: Awaited<ReturnType<typeof servePlain>>;

beforeAll(async () => {
  site = withContent(testSite('other-times'), {});
  live = join(site.folder, 'live');
  for (const [i, version] of versions.entries()) {
    const expires = version === 'expired' ? '2026-11-20' : '2027-11-20';
    writeFiles(site.folder, {
      'members.yaml': `- id: anna\n- id: ben\n- id: dora\n  expires: ${expires}\n`,
      'content/notes/a.mdx': noteOf({ title: version === 'newer' ? '新写的' : '原来的', more: 'slug: a\n' }),
    });
    await build({ ...site, env: { ...site.env, KB_NUMBER: String(i + 1) } });
    cpSync(site.out, join(site.folder, version), { recursive: true });
  }
  oldWorker = await bundleOldWorker();
});

beforeEach(async () => {
  publish('renewed');
  host = await servePlain(live, '');
});
afterEach(() => host.close());

function publish(version: Version): void {
  rmSync(live, { recursive: true, force: true });
  cpSync(join(site.folder, version), live, { recursive: true });
}

/** A worker of before: this one's sources with an earlier protocol number. */
function bundleOldWorker(): Promise<string> {
  const root = join(site.folder, 'old');
  for (const folder of ['worker', 'gate', 'vault']) {
    cpSync(join(projectRoot, 'src', folder), join(root, 'src', folder), { recursive: true });
  }
  cpSync(join(projectRoot, 'src/storage.ts'), join(root, 'src/storage.ts'));
  cpSync(join(projectRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  const file = join(root, 'src/worker/protocol.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/protocol = \d+/, 'protocol = 0'));
  return bundleWorker({ root, base: '' });
}

/** Publishes a `root` that the build might have made: signed anew, with another number or another oldest worker. */
async function publishRoot(change: { build?: number; worker?: number }): Promise<void> {
  const root = parseRoot(new Uint8Array(readFileSync(join(live, 'root'))));
  const tiers = readTiers({ content: site.env.KB_CONTENT! });
  const keys = await Promise.all(
    tiers.map((tier) => deriveTierKeys(parseSecret(testSecret), tier, root.epoch)),
  );
  writeFileSync(join(live, 'root'), encodeRoot(await signRoot({ ...root, ...change }, keys)));
}

async function enter(options = {}, id = 'anna'): Promise<Visitor> {
  const visitor = await newVisitor(options);
  await visitor.open(`${host.url}#key=${await tokenOf(id)}`);
  await visitor.see('html[data-access="open"]');
  return visitor;
}

const note = () => `${host.url}notes/a/`;

/** Opens the note, and says what is there: its title, or why there is a door. */
async function shown(visitor: Visitor): Promise<string> {
  await visitor.open(note());
  await visitor.see('article[data-entry="notes/a"] h1, [role="alert"][data-reason]');
  return visitor.evaluate(() => {
    const alert = document.querySelector<HTMLElement>('[role="alert"][data-reason]');
    return alert ? alert.dataset.reason! : document.querySelector<HTMLElement>('article h1')!.innerText;
  }, null);
}

/** Comes again and again: within some seconds a browser doesn't ask the host anew. */
const comesTo = (visitor: Visitor, what: string) =>
  expect.poll(() => shown(visitor), { timeout: 30_000, interval: 500 }).toBe(what);

describe('workers of other times', () => {
  let visitor: Visitor;
  afterEach(() => visitor.close());

  test('an old one gives way when the site no longer allows it', async () => {
    writeFileSync(join(live, 'sw.js'), oldWorker);
    await publishRoot({ worker: 0 });
    visitor = await enter();
    expect(await shown(visitor)).toBe('原来的');
    publish('newer');
    await comesTo(visitor, '新写的');
    expect(await shown(visitor)).toBe('新写的');
    expect(await visitor.attribute('html', 'data-in-place')).toBeNull();
  });

  test('one that the host still has, but the site does not allow, is gone round', async () => {
    writeFileSync(join(live, 'sw.js'), oldWorker);
    visitor = await enter();
    expect(await shown(visitor)).toBe('原来的');
    expect(await visitor.attribute('html', 'data-in-place')).toBe('stored');
    const asked = () => host.requests.filter((url) => /^\/(?:notes\/a\/|root|sw\.js)$/.test(url)).length;
    const before = asked();
    expect(await shown(visitor)).toBe('原来的');
    expect(asked() - before).toBeLessThan(8);
  });

  test('a new one serves a site that would do with an old one', async () => {
    await publishRoot({ worker: 0 });
    visitor = await enter();
    expect(await shown(visitor)).toBe('原来的');
  });

  test('an old one goes on until the site forbids it', async () => {
    visitor = await enter();
    writeFileSync(join(live, 'sw.js'), oldWorker);
    await publishRoot({ worker: 0, build: 9 });
    expect(await shown(visitor)).toBe('原来的');
    expect(await shown(visitor)).toBe('原来的');
  });
});

/** Says that all is open, and lets every page through to its door. */
const idleWorker = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', () => undefined);
  self.addEventListener('message', ({ ports }) => ports[0].postMessage({ reason: 'open' }));
`;

function refuseTabStorage(): void {
  Object.defineProperty(window, 'sessionStorage', {
    get() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
}

describe('a worker that opens nothing and says it does makes no loop', () => {
  const browsers = [
    { name: 'in any browser', options: {} },
    { name: 'in one that remembers nothing of a tab', options: { without: refuseTabStorage } },
  ];
  test.each(browsers)('$name', async ({ options }) => {
    if ('without' in options && lacks('early scripts')) return;
    writeFileSync(join(live, 'sw.js'), idleWorker);
    const visitor = await newVisitor(options);
    await visitor.open(`${note()}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-in-place="stored"] article[data-entry]');
    expect(await shown(visitor)).toBe('原来的');
    expect(host.requests.filter((url) => url === '/notes/a/').length).toBeLessThan(8);
    await visitor.close();
  });
});

const here = [
  { name: 'with the worker', options: {} },
  { name: 'in place', options: inPlace.visitor },
];

describe.each(here)('a host of other times $name', ({ options }) => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await enter(options, 'dora');
  });
  afterEach(() => visitor.close());

  test('a format that nobody knows yet is no door to anything, and no loop', async () => {
    writeFileSync(join(live, 'root'), '{"format":2}\n');
    rmSync(join(live, 'o'), { recursive: true });
    const before = host.requests.length;
    expect(await shown(visitor)).toBe('offline');
    expect(host.requests.length - before).toBeLessThan(60);
    publish('renewed');
    await comesTo(visitor, '原来的');
  });

  test('the new root over the old files opens nothing wrong, and the rest once it is there', async () => {
    cpSync(join(site.folder, 'newer', 'root'), join(live, 'root'));
    expect(['原来的', 'offline']).toContain(await shown(visitor));
    publish('newer');
    await comesTo(visitor, '新写的');
  });

  test('last week’s root over the files of now takes nobody back', async () => {
    publish('newer');
    await comesTo(visitor, '新写的');
    cpSync(join(site.folder, 'renewed', 'root'), join(live, 'root'));
    const asked = () => host.requests.filter((url) => url === '/root').length;
    const before = asked();
    while (asked() === before) expect(await shown(visitor)).toBe('新写的');
    expect(await shown(visitor)).toBe('新写的');

    const stranger = await newVisitor(options);
    host.requests.length = 0;
    await stranger.open(`${note()}#key=${await tokenOf('anna')}`);
    expect(await stranger.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    expect(host.requests.length).toBeLessThan(60);
    publish('newer');
    await comesTo(stranger, '新写的');
    await stranger.close();
  });

  test('a root that claims an end which is long past is not believed', async () => {
    const forged = readFileSync(join(site.folder, 'expired', 'root'), 'utf8');
    writeFileSync(join(live, 'root'), forged.replace('"build":1', '"build":999'));
    cpSync(join(site.folder, 'expired', 'o'), join(live, 'o'), { recursive: true });
    const asked = () => host.requests.filter((url) => url === '/root').length;
    const before = asked();
    while (asked() === before) expect(await shown(visitor)).toBe('原来的');
    expect(await shown(visitor)).toBe('原来的');
    publish('newer');
    await comesTo(visitor, '新写的');
  });

  test('a newer build is spoken of once, quietly', async () => {
    const tab = await visitor.newTab();
    for (const reader of [visitor, tab]) {
      await reader.open(note());
      await reader.see('html[data-access="open"]');
    }
    publish('newer');
    /** Comes back to the page as a reader does by the back button, until it has looked at the host again. */
    const comeBack = (reader: Visitor) =>
      reader.evaluate(async () => {
        while (!document.querySelector('gate-account [data-says="newer"]')) {
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }, null);
    await comeBack(visitor);
    expect(await visitor.text('article[data-entry] h1')).toBe('原来的');
    await visitor.click('gate-account [data-do="reload"]');
    await visitor.see('html[data-build="3"]');
    expect(await visitor.text('article[data-entry] h1')).toBe('新写的');
    expect(await visitor.text('gate-account [data-says]')).toBe('');

    await comeBack(tab);
    await tab.click('gate-account [data-do="dismiss"]');
    await tab.see('gate-account [data-says=""]');
    const says = await tab.evaluate(async () => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      // Opening a page takes the gate longer than that look, which is done by then.
      await (await fetch(location.href)).text();
      return document.querySelector<HTMLElement>('gate-account [data-says]')!.dataset.says;
    }, null);
    expect(says).toBe('');
    expect(await tab.text('article[data-entry] h1')).toBe('原来的');
    await tab.close();
  });
});

afterAll(() => rmSync(live, { recursive: true, force: true }));
