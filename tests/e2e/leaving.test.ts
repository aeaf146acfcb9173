import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { gateTexts } from '../../src/gate/texts.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

describe.each(modesOnOneBase)('log out $name', ({ base, visitor: options, isInPlace }) => {
  let host: PlainHost;
  let visitor: Visitor;

  beforeAll(async () => {
    host = await serveSample(base);
    visitor = await newMember(host.url, options);
    await visitor.open(host.at('/search/?q=社群'));
    await visitor.see('html[data-access="open"] [data-search-state="done"]');
    // Everything that stores data: a search, the theme, a kept page, the position in a talk.
    await visitor.type('search-results input[name="q"]', '拉新');
    await visitor.click('ol[data-search-results] > li[data-entry] a');
    await visitor.see('html[data-access="open"] article[data-entry]');
    await visitor.click('display-menu button');
    await visitor.click('display-menu .dark');
    const { entries } = await sampleContent(base);
    const talk = entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    await visitor.open(host.at(talk.address));
    // Otherwise it depends on how long the pages were visible whether log out asks anything.
    await visitor.click('mine-marks [data-state="saved"]');
    await visitor.see('take-along[data-state]');
    if (isInPlace) return;
    await visitor.click('take-along [data-do="take"]');
    await visitor.see('take-along[data-state="taken"]');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  /** Returns everything that a site can leave in a browser. */
  function left(): Promise<Record<string, unknown>> {
    return visitor.evaluate(async () => {
      const registrations = await navigator.serviceWorker.getRegistrations();
      return {
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
        workers: registrations.map(({ scope }) => scope),
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        cookies: document.cookie,
      };
    }, null);
  }

  test('locks a page that is open in another tab, which stores nothing more', async () => {
    const reader = await newMember(host.url, options, 'ben');
    const { entries } = await sampleContent(base);
    const note = entries.find(({ form, access }) => form === 'notes' && access === 'members')!;
    await reader.open(host.at(note.address));
    await reader.see('mine-marks:not([hidden])');
    await reader.click('mine-marks [data-state="saved"]');
    const tab = await reader.newTab();
    await tab.open(`${host.url}account/`);
    await tab.see('log-out button:enabled');
    // Both note what they show until the door is there.
    for (const one of [reader, tab]) {
      await one.evaluate(() => {
        // Browsers put different numbers of line breaks between paragraphs.
        const note = () => sessionStorage.setItem('shown', document.body.innerText.replace(/\n+/g, '\n'));
        new MutationObserver(note).observe(document.body, { childList: true });
      }, null);
    }
    await tab.click('log-out button');
    await tab.click('mine-farewell [data-act="leave"]');
    await tab.see('html[data-access="locked"] gate-door[data-state="idle"]');
    await reader.see('html[data-access="locked"] gate-door[data-state="idle"]');
    for (const one of [reader, tab]) {
      const shown = await one.evaluate(() => {
        const text = sessionStorage.getItem('shown');
        sessionStorage.removeItem('shown');
        return text;
      }, null);
      expect(shown).toBe(`${gateTexts.account.leave.done}\n${gateTexts.home}`);
    }
    expect(await tab.evaluate(() => [localStorage, sessionStorage].flatMap(Object.keys), null)).toEqual([]);
    expect(await reader.evaluate(() => [localStorage, sessionStorage].flatMap(Object.keys), null)).toEqual(
      [],
    );
    await reader.close();
  });

  test('says that it is done where the browser has no connection for the door', async () => {
    const reader = await newMember(host.url, options, 'ben');
    await reader.open(`${host.url}account/`);
    await reader.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => false }), null);
    await reader.click('log-out button');
    expect(await reader.text('main > p')).toBe(gateTexts.account.leave.done);
    await reader.click('main > a');
    await reader.see('html[data-access="locked"] gate-door[data-state="idle"]');
    await reader.close();
  });

  test('leaves nothing in the browser', async () => {
    const before = await left();
    expect(before.databases).toHaveLength(1);
    expect(before.caches).not.toEqual([]);
    const kept = before.local as string[];
    expect(kept.filter((key) => !key.startsWith('jinghua /repo/ '))).toEqual([]);
    expect(kept).toContain('jinghua /repo/ theme');
    expect(kept).toContain('jinghua /repo/ recent-searches');
    expect(kept).toContain('jinghua /repo/ mine');
    if (!isInPlace) expect(kept).toContain('jinghua /repo/ kept');
    await visitor.open(`${host.url}account/`);
    await visitor.click('log-out button');
    await visitor.click('mine-farewell [data-act="leave"]');
    await visitor.see('html[data-access="locked"] gate-door[data-state="idle"]');
    expect(await left()).toEqual({
      databases: [],
      caches: [],
      workers: [],
      local: [],
      session: [],
      cookies: '',
    });
  });

  test('shows the door again, even after the back button', async () => {
    // Delayed, so that the browser answers this call before the page goes away.
    await visitor.evaluate(() => void setTimeout(() => history.back()), null);
    // The page that is left is a door, too.
    await vi.waitFor(async () => expect(await visitor.address()).not.toBe(host.url), patience);
    await visitor.see('html[data-access="locked"] gate-door[data-state="idle"]');
    await visitor.open(`${host.url}topics/`);
    await visitor.see('html[data-access="locked"] gate-door[data-state="idle"]');
  });
});
