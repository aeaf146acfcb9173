import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inPlace } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, run, testSite, tokenOf, withContent, writeFiles } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { newVisitor, patience, type Visitor } from '../lib/visitor.ts';

interface Refusal {
  reason: string | null;
  text: string;
  page: string;
}

describe('members who are removed one after the other', () => {
  const site = withContent(testSite('removal'), { 'notes/a.mdx': noteOf({ title: '第一则' }) });
  let host: PlainHost;
  /** Each member has two browsers: one with a worker, and one that opens pages in place. */
  const visitors: Record<string, Visitor[]> = {};
  let page: string;

  beforeAll(async () => {
    writeFiles(site.folder, { 'members.yaml': '- id: anna\n- id: ben\n- id: carl\n- id: dora\n' });
    await build(site);
    host = await servePlain(site.out, '');
    page = host.at('/notes/a/');
    for (const id of ['anna', 'ben', 'carl', 'dora']) {
      visitors[id] = [await newVisitor(), await newVisitor(inPlace.visitor)];
      for (const visitor of visitors[id]) {
        await visitor.open(`${page}#key=${await tokenOf(id)}`);
        await visitor.see('html[data-access="open"] article[data-entry="notes/a"]');
      }
    }
  });
  afterAll(async () => {
    for (const visitor of Object.values(visitors).flat()) await visitor.close();
    await host.close();
  });

  /** Publishes the note with another title, for the current members. */
  async function republish(title: string): Promise<void> {
    writeFiles(site.folder, { 'content/notes/a.mdx': noteOf({ title }) });
    await build(site);
  }

  async function republishRenewed(): Promise<void> {
    writeFileSync(site.members, readFileSync(site.members, 'utf8').replace('2026-11-01\n', '2027-11-01\n'));
    await republish('第五则');
  }

  /** Returns the message to a member, which must be the same in both of their browsers. */
  async function refusalOf(id: string): Promise<Refusal> {
    const [withWorker, inItsPlace] = await Promise.all(visitors[id]!.map(refusalIn));
    expect(inItsPlace).toEqual(withWorker);
    return withWorker!;
  }

  async function refusalIn(visitor: Visitor): Promise<Refusal> {
    // Pages that were read before may be shown while the last `root` counts as fresh; a build that the browser hasn't
    // seen may not.
    await vi.waitFor(
      async () => {
        await visitor.open(page);
        await visitor.see('[role="alert"][data-reason], html[data-access="open"] article');
        expect(await visitor.attribute('html', 'data-access')).toBe('locked');
      },
      { timeout: patience, interval: 1000 },
    );
    const reason = await visitor.attribute('[role="alert"][data-reason]', 'data-reason');
    // Whether there are marks to save differs from browser to browser: a page that was read for long enough leaves some.
    await visitor.evaluate(() => document.querySelector('mine-export')?.remove(), null);
    return {
      reason,
      text: await visitor.text('[role="alert"]'),
      page: await visitor.evaluate(() => document.body.innerText, null),
    };
  }

  test('the first is told since when, in each of their browsers', async () => {
    await run({ ...site, env: { ...site.env, KB_DATE: '2026-11-20' } }, 'members', ['remove', 'carl']);
    await republish('第二则');
    const { reason, text, page: shown } = await refusalOf('carl');
    expect(reason).toBe('removed');
    expect(text).toMatch(/2026.?(-|年).?11.?(-|月).?20/);
    expect(shown).not.toContain('第二则');
  });

  test('one whose line was simply deleted is told since when', async () => {
    writeFileSync(site.members, readFileSync(site.members, 'utf8').replace('- id: ben\n', ''));
    await republish('第三则');
    const { reason, text, page: shown } = await refusalOf('ben');
    expect(reason).toBe('removed');
    expect(text).toMatch(/2026.?(-|年).?11.?(-|月).?22/);
    expect(shown).not.toContain('第三则');
    expect((await refusalOf('carl')).reason).toBe('removed');
  });

  test('one whose last day was moved into the past is told the day of the build', async () => {
    writeFileSync(site.members, `${readFileSync(site.members, 'utf8')}  expires: 2026-11-01\n`);
    await republish('第四则');
    const { reason, text, page: shown } = await refusalOf('dora');
    expect(reason).toBe('expired');
    expect(text).toMatch(/2026.?(-|年).?11.?(-|月).?22/);
    expect(shown).not.toContain('第四则');
  });

  test('one who opens a mistyped link while the host is asked for news is told about the link', async () => {
    for (const carl of visitors.carl!) {
      const release = host.hold(/\/root$/);
      await carl.open(page);
      await carl.see('gate-door[data-state="checking"]');
      await carl.open(`${page}#key=kb_mistyped`);
      await carl.see('[role="alert"][data-reason="mistyped"]');
      // Whatever the host says is stored again.
      await carl.evaluate(
        () =>
          new Promise<void>((resolve) => {
            indexedDB.deleteDatabase('gate /').onsuccess = () => resolve();
          }),
        null,
      );
      release();
      await vi.waitFor(
        async () =>
          expect(
            await carl.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name), null),
          ).toContain('gate /'),
        patience,
      );
      expect(await carl.attribute('[role="alert"]', 'data-reason')).toBe('mistyped');
    }
  });

  test('one who has renewed is in again, even if nothing more can be stored', async () => {
    await republishRenewed();
    for (const dora of visitors.dora!) {
      const release = host.hold(/\/root$/);
      await dora.open(page);
      await dora.see('gate-door[data-state="checking"]');
      await dora.evaluate(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('no room', 'QuotaExceededError');
        };
      }, null);
      release();
      await dora.see('html[data-access="open"] article');
      expect(await dora.text('article h1')).toBe('第五则');
    }
  });

  test('one who has renewed is in again, even after opening another member’s link', async () => {
    for (const dora of visitors.dora!) {
      await dora.open(`${host.url}#key=${await tokenOf('anna')}`);
      await dora.see('html[data-access="open"] main h1');
      await dora.open(page);
      expect(await dora.text('article h1')).toBe('第五则');
    }
  });

  test('one who stays reads on without being asked', async () => {
    for (const anna of visitors.anna!) {
      // If the host is slow to answer, a browser first opens the page of the build that it has seen.
      await vi.waitFor(
        async () => {
          await anna.open(page);
          await anna.see('html[data-access="open"]');
          expect(await anna.text('article h1')).toBe('第五则');
        },
        { timeout: patience, interval: 1000 },
      );
    }
  });
});
