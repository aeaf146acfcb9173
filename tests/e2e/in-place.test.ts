import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { isTeased } from '../../src/markdown/projection.ts';
import { fillMedia, mediaLeft, NEWEST_MEDIA } from '../lib/kept.ts';
import { loaded } from '../lib/loaded.ts';
import { inPlace } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { refuseDatabase } from '../lib/refusals.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, patience, type Visitor, type VisitorOptions } from '../lib/visitor.ts';

let host: PlainHost;
let content: Content;
let token: string;

beforeAll(async () => {
  host = await serveSample(inPlace.base);
  content = await sampleContent(inPlace.base);
  token = await tokenOf('anna');
});
afterAll(() => host.close());

/** Lets someone in with their link, runs `walk`, and closes the browser. */
async function visit(options: VisitorOptions, walk: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await newVisitor(options);
  try {
    await visitor.open(`${host.url}#key=${token}`);
    await visitor.see('html[data-access="open"]');
    await walk(visitor);
  } finally {
    await visitor.close();
  }
}

/** Some versions of Safari never answered a page's first questions. */
function silenceDatabase(): void {
  IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  IDBFactory.prototype.databases = () => new Promise(() => undefined);
}

function refuseAllStorage(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  Object.defineProperty(window, 'sessionStorage', {
    get() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
}

function refuseCryptoKeys(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the store that it is asked of
  const { put } = IDBObjectStore.prototype;
  const holdsKey = (value: unknown): boolean =>
    value instanceof CryptoKey ||
    (typeof value === 'object' && value !== null && Object.values(value).some(holdsKey));
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    if (holdsKey(value)) throw new DOMException('could not be cloned', 'DataCloneError');
    return put.call(this, value, key);
  };
}

/** Imitates some versions of iOS: stored values come back without their CryptoKeys. */
function forgetCryptoKeys(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the store that it is asked of
  const { put } = IDBObjectStore.prototype;
  const withoutKeys = (value: unknown): unknown => {
    if (value instanceof CryptoKey) return {};
    if (Array.isArray(value)) return value.map(withoutKeys);
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value as object).map(([key, held]) => [key, withoutKeys(held)]));
  };
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    return put.call(this, withoutKeys(value), key);
  };
}

function forgetMediaSource(): void {
  delete (window as { MediaSource?: unknown }).MediaSource;
}

/** Imitates a player whose script is still loading. */
function holdPlayer(): void {
  const define = customElements.define.bind(customElements);
  customElements.define = (name, ...element) => {
    if (name !== 'talk-player') define(name, ...element);
  };
}

test.each(['missing', 'refused', 'late'] as const)('opens in place when the worker is %s', async (worker) => {
  await visit({ worker }, async (visitor) => {
    expect(await visitor.attribute('html', 'data-in-place')).toBe('stored');
    await visitor.open(host.at('/topics/'));
    await visitor.see('html[data-in-place="stored"] main h1');
    if (!lacks('complaints')) expect(visitor.complaints()).toEqual([]);
  });
});

test('keeps its place after following links and going back and forward', async () => {
  await visit(inPlace.visitor, async (visitor) => {
    await visitor.open(host.at('/talks/'));
    await visitor.see('html[data-access="open"] main a[href*="/talks/20"]');
    await visitor.click('main a[href*="/talks/20"]');
    await visitor.see('html[data-access="open"] article[data-entry^="talks/"]');
    // Only a loaded page keeps its place.
    await loaded(visitor);
    const talk = await visitor.address();
    await visitor.evaluate(() => scrollTo({ top: 1200, behavior: 'instant' }), null);
    await visitor.evaluate(() => void setTimeout(() => history.back()), null);
    await visitor.see('html[data-access="open"] main:not(:has(article[data-entry]))');
    expect(await visitor.address()).toBe(host.at('/talks/'));
    await visitor.evaluate(() => void setTimeout(() => history.forward()), null);
    await visitor.see('html[data-access="open"] article[data-entry^="talks/"]');
    expect(await visitor.address()).toBe(talk);
    // The browser scrolls there smoothly, and the content above may have changed its height by then.
    await vi.waitFor(
      async () => expect(await visitor.evaluate(() => scrollY, null)).toBeGreaterThan(600),
      patience,
    );
  });
});

test.skipIf(lacks('complaints'))(
  'a player makes way for a page written in its place, without an error',
  async () => {
    const talk = content.entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    await visit(inPlace.visitor, async (visitor) => {
      await visitor.open(host.at(talk.address));
      await visitor.see('html[data-access="open"][data-listening] talk-player');
      // As the door does with the public page of a talk.
      await visitor.evaluate(() => {
        document.open();
        document.close();
      }, null);
      expect(visitor.complaints()).toEqual([]);
    });
  },
);

test('scrolls to the place that an address names', async () => {
  const entry = content.entries.find(({ headings, access }) => access === 'members' && headings.length > 3)!;
  const { id } = entry.headings.at(-1)!;
  await visit(inPlace.visitor, async (visitor) => {
    await visitor.open(`${host.at(entry.address)}#${id}`);
    await visitor.see('html[data-access="open"] article[data-entry]');
    await visitor.see(`[id="${id}"]:target`);
    expect(await visitor.address()).toBe(`${host.at(entry.address)}#${id}`);
    const isInSight = (name: string) =>
      document.getElementById(name)!.getBoundingClientRect().top < innerHeight;
    await vi.waitFor(async () => expect(await visitor.evaluate(isInSight, id)).toBe(true), patience);
  });
});

describe('a page whose last script is still loading', () => {
  let visitor: Visitor;
  let release: () => void;
  beforeAll(async () => {
    visitor = await newVisitor(inPlace.visitor);
    await visitor.open(`${host.url}#key=${token}`);
    await visitor.see('html[data-access="open"]');
  });
  afterEach(() => release());
  afterAll(() => visitor.close());

  const entry = () =>
    content.entries.find(({ headings, access }) => access === 'members' && headings.length > 3)!;
  const last = () => entry().headings.at(-1)!.id;
  /** Lets the browser go to a page, and waits until it shows the entry without that script. */
  const goTo = async (address: string, go: (address: string) => void) => {
    release = host.hold(/\/a\/Search\./);
    // Delayed, so that the browser answers this call before the page goes away.
    await visitor.run(`setTimeout(${String(go)}, 0, ${JSON.stringify(address)})`);
    const isThere = () =>
      visitor.evaluate(() => document.querySelector('article[data-entry]') !== null, null).catch(() => false);
    await vi.waitFor(async () => expect(await isThere()).toBe(true), patience);
  };
  const finish = async () => {
    expect(await visitor.evaluate(() => customElements.get('search-dialog') === undefined, null)).toBe(true);
    release();
    await loaded(visitor);
  };
  const seesLast = () =>
    visitor.evaluate((id) => document.getElementById(id)!.getBoundingClientRect().top < innerHeight, last());
  const position = () => visitor.evaluate(() => scrollY, null);

  test('is already at the place that an address names', async () => {
    await goTo(`${host.at(entry().address)}#${last()}`, (address) => location.assign(address));
    await vi.waitFor(async () => expect(await seesLast()).toBe(true), patience);
    await finish();
    expect(await seesLast()).toBe(true);
  });

  const whenLoading = test.skipIf(lacks('loads on the way back'));
  whenLoading(
    'is already at the place where it was left, and stays where the reader goes from there',
    async () => {
      await visitor.open(host.at(entry().address));
      await visitor.see('html[data-access="open"] article[data-entry]');
      await loaded(visitor);
      await visitor.evaluate(() => scrollTo({ top: 700, behavior: 'instant' }), null);
      await visitor.open(host.at('/topics/'));
      await visitor.see('html[data-access="open"] main:not(:has(article[data-entry]))');
      await goTo('', () => history.back());
      await vi.waitFor(async () => expect(await position()).toBe(700), patience);
      await visitor.press('ArrowDown', 5);
      // The browser scrolls there smoothly.
      await vi.waitFor(async () => expect(await position()).toBeGreaterThan(800), patience);
      await finish();
      expect(await position()).toBeGreaterThan(800);
    },
  );
});

test('never asks the host for a sealed picture by its own address', async () => {
  // The cover of a teaser is public.
  const entry = content.entries.find(
    (one) => one.access === 'members' && one.html.includes('<img') && !isTeased(one),
  )!;
  await visit(inPlace.visitor, async (visitor) => {
    host.requests.length = 0;
    await visitor.open(host.at(entry.address));
    await visitor.see('html[data-access="open"] article[data-entry] img');
    await visitor.evaluate(async () => {
      const image = document.querySelector<HTMLImageElement>('article[data-entry] img')!;
      image.scrollIntoView();
      while (image.naturalWidth === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }, null);
    expect(host.requests.filter((url) => url.includes('/media/'))).toEqual([]);
  });
});

test('plays a recording that was loaded again', async () => {
  const talk = content.entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
  await visit(inPlace.visitor, async (visitor) => {
    await visitor.open(host.at(talk.address));
    await visitor.see('html[data-listening] audio[src], talk-player [data-load]');
    await visitor.evaluate(async () => {
      document.querySelector<HTMLElement>('[data-load]')?.click();
      const audio = document.querySelector('audio')!;
      audio.muted = true;
      for (let times = 0; times < 2; times++) {
        while (audio.readyState === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        audio.load();
      }
      // play() rejects if the source changes meanwhile, and the recording plays anyway.
      await audio.play().catch(() => undefined);
      while (!(audio.currentTime > 0.1)) await new Promise((resolve) => setTimeout(resolve, 50));
    }, null);
  });
});

test.skipIf(lacks('pieces in place'))(
  'plays a recording that was told to play while it was getting its source',
  async () => {
    const talk = content.entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    await visit(inPlace.visitor, async (visitor) => {
      await visitor.open(host.at(talk.address));
      await visitor.see('html[data-listening] audio[src]');
      await visitor.evaluate(async () => {
        const audio = document.createElement('audio');
        audio.dataset.sealed = document.querySelector('audio')!.dataset.sealed!;
        audio.muted = true;
        window.MediaSource = class extends MediaSource {
          constructor() {
            super();
            void audio.play().catch(() => undefined);
          }
        };
        document.body.append(audio);
        while (!(audio.currentTime > 0.1)) await new Promise((resolve) => setTimeout(resolve, 50));
      }, null);
    });
  },
);

test('keeps only the newest of the media that nobody took along', () =>
  visit(inPlace.visitor, async (visitor) => {
    const base = `${inPlace.base}/`;
    await fillMedia(visitor, base);
    await visitor.open(host.at('/talks/'));
    await visitor.see('html[data-access="open"]');
    await vi.waitFor(async () => expect(await mediaLeft(visitor, base)).toEqual(NEWEST_MEDIA), patience);
  }));

describe.skipIf(lacks('early scripts'))('a recording that can’t be given in pieces is loaded whole', () => {
  const options = { ...inPlace.visitor, without: forgetMediaSource };
  const talkOf = ({ entries }: Content) =>
    entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;

  test('when asked to', async () => {
    const talk = talkOf(content);
    await visit(options, async (visitor) => {
      await visitor.open(host.at(talk.address));
      await visitor.click('talk-player [data-load]');
      const time = await visitor.evaluate(async () => {
        const audio = document.querySelector('audio')!;
        while (!(audio.currentTime > 0.1)) await new Promise((resolve) => setTimeout(resolve, 50));
        return audio.duration;
      }, null);
      expect(time).toBeGreaterThan(talk.lines.at(-1)!.t);
    });
  });

  test('by a player that hides its button until its script is loaded, so that no tap is lost', async () => {
    await visit({ ...options, without: holdPlayer }, async (visitor) => {
      await visitor.open(host.at(talkOf(content).address));
      await visitor.see('html[data-access="open"] article[data-entry]');
      await visitor.see('talk-player:not(:defined)');
      const visibility = () =>
        visitor.evaluate(
          () => getComputedStyle(document.querySelector('talk-player [data-play]')!).visibility,
          null,
        );
      // By the style sheet; until that is loaded, the whole page is transparent.
      await vi.waitFor(async () => expect(await visibility()).toBe('hidden'), patience);
    });
  });

  test('when a sentence is tapped, after a failed attempt offline, and plays from there', async () => {
    const talk = talkOf(content);
    const line = talk.lines[5]!;
    await visit(options, async (visitor) => {
      await visitor.open(host.at(talk.address));
      await visitor.see('html[data-listening] talk-player [data-load]');
      await visitor.offline(true);
      await visitor.evaluate(async () => {
        const load = document.querySelector<HTMLButtonElement>('[data-load]')!;
        const givenUp = new Promise<void>((resolve) => {
          new MutationObserver(() => {
            if (!load.disabled) resolve();
          }).observe(load, { attributeFilter: ['disabled'] });
        });
        document.querySelector<HTMLElement>('button[data-play]')!.click();
        await givenUp;
      }, null);
      await visitor.see('talk-player:not([data-playing])');
      expect(await visitor.text('[data-current-chapter]')).toContain('检查网络');
      await visitor.offline(false);
      const time = await visitor.evaluate(async (id) => {
        document.getElementById(id)!.querySelector<HTMLElement>('.line-text p, .line-text')!.click();
        const audio = document.querySelector('audio')!;
        while (!(audio.currentTime > 0.1)) await new Promise((resolve) => setTimeout(resolve, 50));
        return audio.currentTime;
      }, line.id);
      expect(time).toBeGreaterThanOrEqual(line.t);
      await visitor.see('talk-player[data-playing]:not(:has([data-load]))');
    });
  });
});

describe.skipIf(lacks('early scripts'))('a browser with restricted storage', () => {
  /** Opens the page with the member's link, and asks for it. */
  const askForLink = async (visitor: Visitor) => {
    await visitor.click('a[href$="/account/"]');
    await visitor.see('html[data-access="open"] own-link');
    await visitor.click('own-link [data-show]');
    return visitor.attribute('own-link:not([data-state="hidden"])', 'data-state');
  };
  const ownLink = (visitor: Visitor) =>
    visitor.evaluate(() => document.querySelector<HTMLInputElement>('#own-link')!.value, null);

  const keyless = [
    { name: 'refuses CryptoKeys', without: refuseCryptoKeys },
    { name: 'gives CryptoKeys back broken', without: forgetCryptoKeys },
  ].flatMap((browser) => [
    { ...browser, mode: 'with the worker', options: {} },
    { ...browser, mode: 'in place', options: inPlace.visitor },
  ]);
  test.each(keyless)('that $name stores raw bytes instead, $mode', async ({ without, options }) => {
    await visit({ ...options, without }, async (visitor) => {
      const tab = await visitor.newTab();
      await tab.open(host.at('/topics/'));
      await tab.see('html[data-access="open"]');
      expect(await askForLink(tab)).toBe('shown');
      expect(await ownLink(tab)).toContain(token);
    });
  });

  test('without a database opens for this visit only, and says so', async () => {
    await visit({ without: refuseDatabase }, async (visitor) => {
      expect(await visitor.attribute('html', 'data-in-place')).toBe('visit');
      expect(await visitor.text('gate-account .kept')).toContain('这次');
      await visitor.click('header a[href$="/talks/"]');
      await visitor.see('html[data-in-place="visit"] a[href$="/talks/"][aria-current]');
      expect(await askForLink(visitor)).toBe('shown');
      expect(await ownLink(visitor)).toContain(token);
      const tab = await visitor.newTab();
      await tab.open(host.at('/topics/'));
      await tab.see('gate-door[data-state="idle"]');
    });
  });

  test('whose database never answers opens for this visit only, and shows the door without a link', async () => {
    await visit({ without: silenceDatabase }, async (visitor) => {
      expect(await visitor.attribute('html', 'data-in-place')).toBe('visit');
      await visitor.click('header a[href$="/talks/"]');
      await visitor.see('html[data-in-place="visit"] main h1');
      const tab = await visitor.newTab();
      await tab.open(host.at('/topics/'));
      await tab.see('gate-door[data-state="idle"]');
    });
  });

  test('without any storage opens only the one page, and says so', async () => {
    await visit({ without: refuseAllStorage }, async (visitor) => {
      expect(await visitor.attribute('html', 'data-in-place')).toBe('page');
      expect(await visitor.text('gate-account .kept')).toContain('专属链接');
      await visitor.open(host.at('/topics/'));
      await visitor.see('gate-door[data-state="idle"]');
      await visitor.open(`${host.at('/account/')}#key=${token}`);
      await visitor.see('html[data-in-place="page"] own-link');
      await visitor.click('own-link [data-show]');
      await visitor.see('own-link[data-state="absent"]');
    });
  });
});

test('no page opens in a frame, even if the host does not forbid frames', async () => {
  const html = `<iframe src="${host.at('/start/')}#key=${token}"></iframe>`;
  await visit(inPlace.visitor, async (visitor) => {
    host.lie((_, url) =>
      url.endsWith('/robots.txt') ? { type: 'text/html', bytes: new TextEncoder().encode(html) } : null,
    );
    await visitor.open(host.at('/robots.txt'));
    const seen = await visitor.evaluate(async () => {
      // While it loads, a frame may have no document, and a document no root element.
      const inside = () => document.querySelector('iframe')!.contentDocument;
      const access = () => inside()?.querySelector('html')?.dataset.access;
      const state = () => inside()?.querySelector('gate-door')?.getAttribute('data-state') ?? '';
      while (!/idle|failed/.test(state()) && access() !== 'open')
        await new Promise((resolve) => setTimeout(resolve, 20));
      return [access(), state()];
    }, null);
    host.lie();
    expect(seen).toEqual(['locked', 'failed']);
  });
});
