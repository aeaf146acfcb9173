import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test as plainTest, vi } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { readTiers } from '../../scripts/lib/tiers.ts';
import { bundleWorker } from '../../scripts/steps/worker.ts';
import { deriveTierKeys, encodeRoot, parseRoot, parseSecret, signRoot } from '../../src/vault/index.ts';
import { keptUp } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { bothWays, inPlace } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSecret, testSite, tokenOf, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { lacks, newVisitor, patience, type Visitor } from '../lib/visitor.ts';

/** Successive builds of one site: dora's membership has expired; she has renewed it; the note's text has changed. */
const versions = ['expired', 'renewed', 'newer'] as const;
type Version = (typeof versions)[number];

let site: TestSite;
let oldWorker: string;
let curtWorker: string;

beforeAll(async () => {
  site = withContent(testSite('other-times'), {});
  for (const [i, version] of versions.entries()) {
    const expires = version === 'expired' ? '2026-11-20' : '2027-11-20';
    writeFiles(site.folder, {
      'members.yaml': `- id: anna\n- id: ben\n- id: dora\n  expires: ${expires}\n`,
      'content/notes/a.mdx': noteOf({ title: version === 'newer' ? '新写的' : '原来的', more: 'slug: a\n' }),
    });
    await build({ ...site, env: { ...site.env, KB_NUMBER: String(i + 1) } });
    cpSync(site.out, join(site.folder, version), { recursive: true });
  }
  oldWorker = await bundleOldWorker('old', 'protocol.ts', /protocol = \d+/, 'protocol = 0');
  curtWorker = await bundleOldWorker('curt', 'reply.ts', /, unkept: [^}]+/, ' ');
});

/** Bundles an older worker: the current sources with a file of it changed. */
function bundleOldWorker(name: string, changed: string, what: RegExp, to: string): Promise<string> {
  const root = join(site.folder, name);
  for (const folder of ['worker', 'gate', 'vault']) {
    cpSync(join(projectRoot, 'src', folder), join(root, 'src', folder), { recursive: true });
  }
  cpSync(join(projectRoot, 'src/storage.ts'), join(root, 'src/storage.ts'));
  cpSync(join(projectRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  const file = join(root, 'src/worker', changed);
  const source = readFileSync(file, 'utf8');
  expect(source).toMatch(what);
  writeFileSync(file, source.replace(what, to));
  return bundleWorker({ root, base: '' }, join(site.out, 'a'));
}

interface Host extends PlainHost {
  /** The folder that the host serves. */
  live: string;
  note: string;
  publish(version: Version): void;
  /**
   * Publishes a `root` that the build could have made: newly signed, with another build number or another oldest
   * worker.
   */
  publishRoot(change: { build?: number; worker?: number }): Promise<void>;
  /** Returns how often a path was requested. */
  asked(path: string): number;
}

async function hostOf(live: string): Promise<Host> {
  const publish = (version: Version) => {
    rmSync(live, { recursive: true, force: true });
    cpSync(join(site.folder, version), live, { recursive: true });
  };
  publish('renewed');
  const host = await servePlain(live, '');
  return {
    ...host,
    live,
    note: `${host.url}notes/a/`,
    publish,
    publishRoot: async (change) => {
      const root = parseRoot(new Uint8Array(readFileSync(join(live, 'root'))));
      const tiers = readTiers({ content: site.env.KB_CONTENT! });
      const keys = await Promise.all(
        tiers.map((tier) => deriveTierKeys(parseSecret(testSecret), tier, root.epoch)),
      );
      writeFileSync(join(live, 'root'), encodeRoot(await signRoot({ ...root, ...change }, keys)));
    },
    asked: (path) => host.requests.filter((url) => url === path).length,
  };
}

// A browser doesn't ask the host again within ten seconds, and most tests wait for it. So each has its own host, and
// they run concurrently.
const test = plainTest.extend<{ host: Host; visit: (visiting: Promise<Visitor>) => Promise<Visitor> }>({
  host: async ({ task }, use) => {
    const live = join(site.folder, 'live', task.id);
    const host = await hostOf(live);
    await use(host);
    await host.close();
    rmSync(live, { recursive: true });
  },
  // eslint-disable-next-line no-empty-pattern -- Vitest reads from the pattern what a fixture needs.
  visit: async ({}, use) => {
    const visitors: Visitor[] = [];
    await use(async (visiting) => {
      const visitor = await visiting;
      visitors.push(visitor);
      return visitor;
    });
    await Promise.all(visitors.map((visitor) => visitor.close()));
  },
});

/** Opens the note and returns what is shown: its title, or the reason why there is a door. */
async function shown(visitor: Visitor, host: Host): Promise<string> {
  await visitor.open(host.note);
  await visitor.see('article[data-entry="notes/a"] h1, [role="alert"][data-reason]');
  return visitor.evaluate(() => {
    const alert = document.querySelector<HTMLElement>('[role="alert"][data-reason]');
    return alert ? alert.dataset.reason! : document.querySelector<HTMLElement>('article h1')!.innerText;
  }, null);
}

/** How long, in milliseconds, a visitor stays away between visits. */
const pause = 1000;
/**
 * How long, in milliseconds, they keep coming back: a check of the host that gets lost is given up after 20 seconds,
 * the next one follows 10 seconds later, and a browser that replaces a worker sometimes loses one.
 */
const persistence = 75_000;

/** Opens the note repeatedly until it shows `what`. */
const comesTo = (visitor: Visitor, host: Host, what: string) =>
  vi.waitFor(
    async () => {
      expect(await shown(visitor, host)).toBe(what);
    },
    { timeout: persistence, interval: pause },
  );

/** Like {@link comesTo}, but also waits until the new worker has replaced opening in place. */
const comesWithWorker = (visitor: Visitor, host: Host, what: string) =>
  vi.waitFor(
    async () => {
      expect(await shown(visitor, host)).toBe(what);
      expect(await visitor.attribute('html', 'data-in-place')).toBeNull();
    },
    { timeout: persistence, interval: pause },
  );

/** Opens the note, which never changes, until the browser has checked the host again. */
async function staysAt(visitor: Visitor, host: Host, what: string): Promise<void> {
  const before = host.asked('/root');
  while (host.asked('/root') === before) {
    expect(await shown(visitor, host)).toBe(what);
    await sleep(pause);
  }
  expect(await shown(visitor, host)).toBe(what);
}

describe.concurrent('workers of other versions', () => {
  test('an old worker gives way when the site no longer allows it', async ({ host, visit }) => {
    writeFileSync(join(host.live, 'sw.js'), oldWorker);
    await host.publishRoot({ worker: 0 });
    const visitor = await visit(newMember(host.url));
    expect(await shown(visitor, host)).toBe('原来的');
    host.publish('newer');
    await comesTo(visitor, host, '新写的');
    await comesWithWorker(visitor, host, '新写的');
  });

  test('an old worker goes when the site no longer allows it, even if the new one is late', async ({
    host,
    visit,
  }) => {
    writeFileSync(join(host.live, 'sw.js'), oldWorker);
    await host.publishRoot({ worker: 0 });
    const visitor = await visit(newMember(host.url));
    expect(await shown(visitor, host)).toBe('原来的');
    host.publish('newer');
    // The browser looks for a new worker by itself, and must not find it before this one has seen the site.
    rmSync(join(host.live, 'sw.js'));
    await comesTo(visitor, host, '新写的');
    expect(await visitor.attribute('html', 'data-in-place')).toBe('stored');
    host.publish('newer');
    await comesWithWorker(visitor, host, '新写的');
  });

  test('a worker that the host still serves but the site no longer allows is bypassed', async ({
    host,
    visit,
  }) => {
    writeFileSync(join(host.live, 'sw.js'), oldWorker);
    const visitor = await visit(newMember(host.url));
    expect(await shown(visitor, host)).toBe('原来的');
    expect(await visitor.attribute('html', 'data-in-place')).toBe('stored');
    const asked = () => host.asked('/notes/a/') + host.asked('/root') + host.asked('/sw.js');
    const before = asked();
    expect(await shown(visitor, host)).toBe('原来的');
    expect(asked() - before).toBeLessThan(8);
  });

  test('a new worker serves a site that also allows an old one', async ({ host, visit }) => {
    await host.publishRoot({ worker: 0 });
    const visitor = await visit(newMember(host.url));
    expect(await shown(visitor, host)).toBe('原来的');
  });

  test('an old worker goes on until the site forbids it', async ({ host, visit }) => {
    writeFileSync(join(host.live, 'sw.js'), oldWorker);
    await host.publishRoot({ worker: 0 });
    const visitor = await visit(newMember(host.url));
    host.publish('newer');
    writeFileSync(join(host.live, 'sw.js'), oldWorker);
    await host.publishRoot({ worker: 0 });
    await comesTo(visitor, host, '新写的');
    expect(await visitor.attribute('html', 'data-in-place')).toBeNull();
  });

  test('a page updates the offline copies once a new worker has replaced one that could not', async ({
    host,
    visit,
  }) => {
    writeFileSync(join(host.live, 'sw.js'), curtWorker);
    const visitor = await visit(newMember(host.url));
    host.publish('renewed');
    await visitor.open(host.note);
    await visitor.see('html[data-access="open"]');
    await visitor.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    }, null);
    await keptUp(visitor, '/', 2);
  });
});

/** A worker that says that everything is open, and passes every page request on to the door. */
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

describe.concurrent('a worker that claims to open pages but does not causes no loop', () => {
  const browsers = [
    { name: 'in any browser', options: {} },
    { name: 'in a browser without session storage', options: { without: refuseTabStorage } },
  ];
  test.for(browsers)('$name', async ({ options }, { host, visit, skip }) => {
    skip('without' in options && lacks('early scripts'));
    writeFileSync(join(host.live, 'sw.js'), idleWorker);
    const visitor = await visit(newVisitor(options));
    await visitor.open(`${host.note}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-in-place="stored"] article[data-entry]');
    expect(await shown(visitor, host)).toBe('原来的');
    expect(host.asked('/notes/a/')).toBeLessThan(8);
  });
});

/** A worker that unregisters itself on the first page and answers no message. */
const goneWorker = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', ({ request }) => {
    if (request.mode === 'navigate') self.registration.unregister();
  });
`;

test('a page does not wait for a worker that was unregistered and does not answer', async ({
  host,
  visit,
}) => {
  writeFileSync(join(host.live, 'sw.js'), goneWorker);
  const visitor = await visit(newMember(host.url));
  expect(await shown(visitor, host)).toBe('原来的');
  expect(await visitor.attribute('html', 'data-in-place')).toBe('stored');
});

describe.concurrent.each(bothWays)('a host with another version $name', ({ options }) => {
  test('an unknown format is reported as out of reach, without a loop', async ({ host, visit }) => {
    const visitor = await visit(newMember(host.url, options, 'dora'));
    writeFileSync(join(host.live, 'root'), '{"format":2}\n');
    rmSync(join(host.live, 'o'), { recursive: true });
    const before = host.requests.length;
    expect(await shown(visitor, host)).toBe('offline');
    expect(host.requests.length - before).toBeLessThan(60);
    host.publish('renewed');
    await comesTo(visitor, host, '原来的');
  });

  test('the new root over the old files shows the old page or a door, and the new page once all is there', async ({
    host,
    visit,
  }) => {
    const visitor = await visit(newMember(host.url, options, 'dora'));
    cpSync(join(site.folder, 'newer', 'root'), join(host.live, 'root'));
    expect(['原来的', 'offline']).toContain(await shown(visitor, host));
    host.publish('newer');
    await comesTo(visitor, host, '新写的');
  });

  test('broken files that a host let browsers cache for ever are asked for again', async ({
    host,
    visit,
  }) => {
    const visitor = await visit(newMember(host.url, options, 'dora'));
    host.sayForGood();
    const files = join(host.live, 'o');
    for (const file of listFiles(files)) writeFileSync(join(files, file), 'out of order');
    expect(await shown(visitor, host)).toBe('offline');
    const stranger = await visit(newVisitor(options));
    await stranger.open(`${host.note}#key=${await tokenOf('anna')}`);
    expect(await stranger.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    host.publish('renewed');
    await comesTo(visitor, host, '原来的');
    await stranger.open(`${host.url}#key=${await tokenOf('anna')}`);
    await stranger.see('html[data-access="open"] main h1');
  });

  test('an older root over newer files is not accepted', async ({ host, visit }) => {
    const visitor = await visit(newMember(host.url, options, 'dora'));
    host.publish('newer');
    await comesTo(visitor, host, '新写的');
    cpSync(join(site.folder, 'renewed', 'root'), join(host.live, 'root'));
    await staysAt(visitor, host, '新写的');

    const stranger = await visit(newVisitor(options));
    host.requests.length = 0;
    await stranger.open(`${host.note}#key=${await tokenOf('anna')}`);
    expect(await stranger.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    expect(host.requests.length).toBeLessThan(60);
    host.publish('newer');
    await comesTo(stranger, host, '新写的');
  });

  test('a forged root that ends a membership is not believed', async ({ host, visit }) => {
    const visitor = await visit(newMember(host.url, options, 'dora'));
    const forged = readFileSync(join(site.folder, 'expired', 'root'), 'utf8');
    writeFileSync(join(host.live, 'root'), forged.replace('"build":1', '"build":999'));
    cpSync(join(site.folder, 'expired', 'o'), join(host.live, 'o'), { recursive: true });
    await staysAt(visitor, host, '原来的');
    host.publish('newer');
    await comesTo(visitor, host, '新写的');
  });

  test('a newer build is announced only once', async ({ host, visit }) => {
    const visitor = await visit(newMember(host.url, options, 'dora'));
    const tab = await visitor.newTab();
    for (const reader of [visitor, tab]) {
      await reader.open(host.note);
      await reader.see('html[data-access="open"]');
    }
    host.publish('newer');
    /** Returns to the page with the back button, until it has checked the host again. */
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
      // For the gate, opening a page takes longer than that check, so it is done by then.
      await (await fetch(location.href)).text();
      return document.querySelector<HTMLElement>('gate-account [data-says]')!.dataset.says;
    }, null);
    expect(says).toBe('');
    expect(await tab.text('article[data-entry] h1')).toBe('原来的');
    await tab.close();
  });
});

describe.concurrent('a door that a cache has kept from an older jinghua, opened in place', () => {
  const options = inPlace.visitor;
  const door = 'notes/a/index.html';

  const runsScripts = 'html[data-access="open"] gate-account:defined';

  /** Puts a door on the host whose scripts differ from those of the pages, though in their names only. */
  function publishOlderDoor({ live }: Host): void {
    const folder = join(live, 'a');
    const scripts = listFiles(folder).filter((file) => file.endsWith('.js'));
    const older = (file: string) =>
      scripts.reduce((text, name) => text.replaceAll(name, `older-${name}`), readFileSync(file, 'utf8'));
    for (const name of scripts) writeFileSync(join(folder, `older-${name}`), older(join(folder, name)));
    writeFileSync(join(live, door), older(join(live, door)));
  }

  test('gives way to the newer door', async ({ host, visit }) => {
    const visitor = await visit(newMember(host.url, options));
    await visitor.see(runsScripts);
    publishOlderDoor(host);
    const release = host.hold(/older-open/);
    const opened = visitor.open(host.note);
    await vi.waitFor(() => expect(host.requests.join()).toContain('older-open'), patience);
    cpSync(join(site.folder, 'renewed', door), join(host.live, door));
    release();
    await opened;
    await visitor.see(runsScripts);
  });

  test('opens the page without a loop while the cache gives nothing else', async ({ host, visit }) => {
    const visitor = await visit(newMember(host.url, options));
    await visitor.see(runsScripts);
    publishOlderDoor(host);
    await visitor.open(host.note);
    // The page loads itself once more, and until then its first version is there.
    const isAgain = () =>
      visitor.evaluate(() => {
        const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        return (
          visit?.type === 'reload' && document.querySelector('article[data-entry="notes/a"] h1') !== null
        );
      }, null);
    await vi.waitFor(async () => expect(await isAgain()).toBe(true), patience);
    expect(host.asked('/notes/a/')).toBe(2);
    await visitor.open(host.url);
    await visitor.see(runsScripts);
    expect(host.asked('/notes/a/')).toBe(2);
  });
});
