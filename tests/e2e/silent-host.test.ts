import { describe, expect, test, vi } from 'vitest';
import { keptUp } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

/** How long, in milliseconds, someone may look at a page that says nothing. */
const patience = 60_000;

vi.setConfig({ testTimeout: 3 * patience });

// Concurrently, each with its own host and browser: most of the time they wait.
describe.concurrent.each(modesOnOneBase)(
  'a host that begins an answer and falls silent $name',
  ({ base, visitor: options, isInPlace }) => {
    const visit = async (
      come: (url: string) => Promise<Visitor>,
      see: (host: PlainHost, visitor: Visitor) => Promise<void>,
    ) => {
      const host = await serveSample(base);
      try {
        const visitor = await come(host.url);
        try {
          await see(host, visitor);
        } finally {
          await visitor.close();
        }
      } finally {
        await host.close();
      }
    };
    const asNewcomer = () => newVisitor(options);
    const asMember = (url: string) => newMember(url, options);

    const byLink = async () => `#key=${await tokenOf('anna')}`;
    const toPage = () => Promise.resolve('discussions/');

    test.for([
      { what: 'the key store', files: /\/o\//, come: asNewcomer, address: byLink },
      { what: 'the code that checks a key', files: /\/a\/unlock\./, come: asNewcomer, address: byLink },
      ...(isInPlace
        ? [
            { what: 'the code that opens a page', files: /\/a\/open\./, come: asNewcomer, address: byLink },
            { what: 'a page', files: /\/o\//, come: asMember, address: toPage },
          ]
        : []),
    ])(
      'while sending $what is reported as out of reach, and a retry opens the page',
      ({ files, come, address }) =>
        visit(come, async (host, visitor) => {
          host.stall(files);
          // The driver waits for a page that hasn't arrived, too.
          await visitor.open(host.url + (await address())).catch(() => undefined);
          await wait(visitor, '[role="alert"][data-reason="offline"]');
          host.stall();
          await visitor.click('[role="alert"] [data-retry]');
          await visitor.see('html[data-access="open"]');
        }),
    );

    // Most browsers can't write a page in place of one that hasn't run its scripts; Firefox can.
    test.runIf(isInPlace)(
      'while sending another script of a public page doesn’t leave the door opening',
      () =>
        visit(asNewcomer, async (host, visitor) => {
          host.stall(/\/a\/texts\./);
          await visitor.open(host.url + (await byLink())).catch(() => undefined);
          await wait(visitor, '[role="alert"][data-reason="offline"], html[data-access="open"]');
          host.stall();
          await visitor.open(host.url);
          await visitor.see('html[data-access="open"]');
        }),
    );

    test.skipIf(isInPlace).each([
      ['a recording', /\/o\//],
      ['a script', /\/a\//],
    ])('while sending %s to take along is reported as out of reach, and can be tried again', (_, files) =>
      visit(asMember, async (host, visitor) => {
        await visitor.open(`${host.url}series/cold-start-talks/`);
        await visitor.see('html[data-access="open"] take-along[data-state="idle"]');
        await keptUp(visitor, `${base}/`);
        await visitor.evaluate((name) => caches.delete(name), `gate ${base}/ theme`);
        host.stall(files);
        await visitor.click('take-along [data-do="take"]');
        await wait(visitor, 'take-along[data-state="offline"]');
        host.stall();
        await visitor.click('take-along .offline [data-do="take"]');
        await wait(visitor, 'take-along[data-state="taken"]');
      }),
    );

    test.skipIf(isInPlace)(
      'while sending a page is soon called out of reach; once it has sent it, the page opens by itself',
      () =>
        visit(asMember, async (host, visitor) => {
          await keptUp(visitor, `${base}/`);
          host.stall(/\/o\//);
          await visitor.open(`${host.url}discussions/`).catch(() => undefined);
          await wait(visitor, 'html[data-access="open"] try-again');
          host.stall();
          await wait(visitor, 'html[data-access="open"] main:not(:has(try-again)) h1');
        }),
    );

    test.skipIf(isInPlace).each([
      ['breaks these off', (host: PlainHost) => host.stall(/./), (host: PlainHost) => host.stall()],
      ['leaves these so', (host: PlainHost) => host.hold(/./), (host: PlainHost) => host.hold(/(?!)/)],
    ])(
      'with all answers is soon called out of reach; once it %s and answers, the page opens by itself',
      (_, fallSilent, speak) =>
        visit(asMember, async (host, visitor) => {
          await keptUp(visitor, `${base}/`);
          fallSilent(host);
          await visitor.open(`${host.url}discussions/`).catch(() => undefined);
          await wait(visitor, 'html[data-access="open"] try-again');
          // The file that the page is sealed in is still awaited; after that, the host is asked for its own page.
          const asked = () => host.requests.includes(`${base}/discussions/`);
          expect(asked()).toBe(false);
          await vi.waitFor(() => expect(asked()).toBe(true), patience);
          speak(host);
          await wait(visitor, 'html[data-access="open"] main:not(:has(try-again)) h1');
        }),
    );

    test.each([
      ['the search index', /\/o\/|\/pagefind\//, (host: PlainHost) => host.stall()],
      // A request that was left without an answer stays so.
      ['the code that searches it', /\/pagefind\.js$/, () => undefined],
    ])('while sending %s is not waited for, and is asked again by the next search', (_, addresses, speak) =>
      visit(asMember, async (host, visitor) => {
        await visitor.open(`${host.url}search/`);
        await visitor.see('html[data-access="open"] [data-search-state="idle"]');
        host.stall(addresses);
        await visitor.type('input[type="search"]', '公告');
        await wait(visitor, '[data-search-state="done"]');
        expect(await isSeen(visitor, '[data-search-count]')).toBe(false);
        speak(host);
        await visitor.type('input[type="search"]', '群公告');
        await visitor.see('[data-search-results] > li');
      }),
    );
  },
);

function isSeen(visitor: Visitor, selector: string): Promise<boolean> {
  return visitor.evaluate((wanted) => document.querySelector(wanted) !== null, selector).catch(() => false);
}

async function wait(visitor: Visitor, selector: string): Promise<void> {
  await vi.waitFor(async () => expect(await isSeen(visitor, selector)).toBe(true), {
    timeout: patience,
    interval: 200,
  });
}
