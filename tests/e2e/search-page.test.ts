import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { site } from '../../src/site.ts';
import { stored } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { openSearch } from '../lib/search.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, patience, type Visitor } from '../lib/visitor.ts';

describe.each(modesOnOneBase)('the search page $name', ({ base, visitor: options, isInPlace }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let content: Content;

  beforeAll(async () => {
    host = await serveSample(base);
    content = await sampleContent(base);
    visitor = await newMember(host.url, options);
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  test('the search box opens by key on any page and searches while typing', async () => {
    await visitor.open(host.at('/topics/'));
    await visitor.see('html[data-access="open"] search-dialog dialog');
    await visitor.evaluate(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
    }, null);
    await visitor.see('search-dialog dialog[open]');
    await visitor.type('search-dialog input', '面包房');
    await visitor.see('search-dialog li[data-entry^="teardowns/"] mark');
    await visitor.evaluate(() => {
      const input = document.querySelector('search-dialog input')!;
      const event = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
      input.dispatchEvent(event);
    }, null);
    const focused = await visitor.evaluate(() => document.activeElement?.className, null);
    expect(focused).toBe('search-title');
  });

  test('the home page of a phone has a field that opens the search box', async () => {
    await visitor.open(host.at('/'));
    await visitor.see('html[data-access="open"] search-dialog dialog');
    await visitor.click('main [data-search-open]');
    await visitor.see('search-dialog dialog[open]');
  });

  /** Returns what the search page shows: its results, their count, and the chosen filters. */
  function shown() {
    return visitor.evaluate(() => {
      const items = document.querySelectorAll<HTMLElement>('ol[data-search-results] > li');
      const pressed = document.querySelectorAll<HTMLElement>('[data-choice][aria-pressed="true"]');
      return {
        entries: Array.from(items, ({ dataset }) => dataset.entry!),
        count: Number(document.querySelector<HTMLElement>('[data-search-count]')!.dataset.searchCount),
        chosen: Array.from(pressed, ({ dataset }) => dataset.choice!),
        said: document.querySelector('.search-status')!.textContent,
        query: document.querySelector<HTMLInputElement>('search-results input')!.value,
      };
    }, null);
  }

  test('filters give as many results as they say, and the address restores them', async () => {
    const all = host.at('/search/?q=社群');
    for (const facet of ['form', 'topic', 'person', 'year', 'level']) {
      await visitor.open(all);
      await visitor.see('html[data-access="open"] [data-search-state="done"]');
      await visitor.click('.search-filters summary');
      const choice = (await visitor.attribute(`[data-choice^="${facet} "]`, 'data-choice'))!;
      const count = Number(await visitor.text(`[data-choice="${choice}"] .search-number`));
      await visitor.click(`[data-choice="${choice}"]`);
      // The choice shows at once, before its results are there.
      await visitor.see(`[data-search-state="done"] [data-choice="${choice}"][aria-pressed="true"]`);
      const { entries, ...rest } = await shown();
      expect({ facet, entries: entries.length, count: rest.count }).toEqual({ facet, entries: count, count });
      if (facet === 'form')
        expect(entries.filter((entry) => !entry.startsWith(`${choice.slice(5)}/`))).toEqual([]);
    }
    await visitor.click('[data-choice="sort date"]');
    await visitor.see('[data-search-state="done"] [data-choice="sort date"][aria-pressed="true"]');
    const before = await shown();
    const dateOf = (mark: string) => {
      const entry = content.entries.find(({ address }) => address === `/${mark}/`)!;
      return 'date' in entry.data ? entry.data.date : '';
    };
    const dates = before.entries.map(dateOf);
    expect(dates).toEqual(dates.toSorted().reverse());

    await visitor.reload();
    await visitor.see('html[data-access="open"] [data-search-state="done"]');
    expect(await shown()).toEqual(before);
  });

  test('filters chosen one after the other add up, and show it before their results are there', async () => {
    await visitor.open(host.at('/search/?q=社群'));
    await visitor.see('html[data-access="open"] [data-search-state="done"]');
    await visitor.click('.search-filters summary');
    const pressed = await visitor.evaluate(() => {
      const first = (facet: string) => document.querySelector<HTMLElement>(`[data-choice^="${facet} "]`)!;
      const [form, year] = [first('form'), first('year')];
      const names = [form, year].map(({ dataset }) => dataset.choice!);
      form.click();
      year.click();
      return names.map((name) => document.querySelector(`[data-choice="${name}"]`)!.ariaPressed);
    }, null);
    expect(pressed).toEqual(['true', 'true']);
    await visitor.see('[data-search-state="done"]');
    expect((await shown()).chosen).toHaveLength(3);
    expect(await visitor.address()).toMatch(/[?&]form=.*&year=/);
  });

  test('a filter chosen while the reader types leaves what was typed', async () => {
    await visitor.open(host.at('/search/?q=社群'));
    await visitor.see('html[data-access="open"] [data-search-state="done"]');
    await visitor.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('search-results input')!;
      input.value = '新人';
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      document.querySelector<HTMLElement>('[data-choice^="form "]')!.click();
      const results = document.querySelector<HTMLElement>('search-results')!;
      results.dataset.searches = '';
      const note = () => {
        results.dataset.searches = `${results.dataset.searches!} ${results.dataset.searchState!}`;
      };
      new MutationObserver(note).observe(results, { attributeFilter: ['data-search-state'] });
    }, null);
    await visitor.see('[data-search-state="done"] [data-choice^="form "][aria-pressed="true"]');
    // A timer that is set later and runs longer than that of the typing fires after it.
    await visitor.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)), null);
    expect(await visitor.attribute('search-results', 'data-searches')).toBe(' done');
    expect((await shown()).query).toBe('新人');
    expect(new URL(await visitor.address()).searchParams.get('q')).toBe('新人');
  });

  test('recent searches are kept on the device until they are cleared', async () => {
    await visitor.open(host.at('/topics/'));
    await visitor.see('html[data-access="open"] search-dialog dialog');
    await visitor.click('[data-search-open]');
    await visitor.type('search-dialog input', '面包房');
    await visitor.see('search-dialog li[data-entry] mark');
    expect(await visitor.text('search-dialog [role="status"]')).toMatch(/^\d+ 篇$/);
    await visitor.evaluate(
      () => document.querySelector<HTMLFormElement>('search-dialog form')!.requestSubmit(),
      null,
    );
    await visitor.see('html[data-access="open"] search-results[data-search-state="done"] li[data-entry]');
    await openSearch(visitor, host);
    expect(await visitor.text('.search-recent .search-choice')).toBe('面包房');
    await visitor.click('.search-recent .search-clear');
    await openSearch(visitor, host);
    expect(await visitor.evaluate(() => document.querySelector('.search-recent'), null)).toBeNull();
  });

  test('filters stay open and keep the focus while results change', async () => {
    await visitor.open(host.at('/search/?q=社群'));
    await visitor.see('html[data-access="open"] [data-search-state="done"]');
    await visitor.click('.search-filters summary');
    for (const pressed of ['true', 'false']) {
      await visitor.click('[data-choice="form people"]');
      // The filters are made again for the results.
      await visitor.see(
        `[data-search-state="done"] .search-filters[open] [data-choice="form people"][aria-pressed="${pressed}"]`,
      );
      const focused = await visitor.evaluate(() => document.activeElement?.getAttribute('data-choice'), null);
      expect(focused).toBe('form people');
    }
  });

  test('filters stand open beside the results on a wide screen', async () => {
    const desk = await newMember(host.url, { ...options, width: 1280, height: 900 });
    try {
      await desk.open(host.at('/search/?q=社群'));
      await desk.see('html[data-access="open"] [data-search-state="done"]');
      await desk.see('.search-filters[open] [data-choice]');
      const { filters, first, choice, follows } = await desk.evaluate(() => {
        const boxOf = (selector: string) => {
          const { left, right, top } = document.querySelector(selector)!.getBoundingClientRect();
          return { left, right, top };
        };
        const [list, column] = ['ol[data-search-results]', '.search-filters'].map((selector) =>
          document.querySelector(selector),
        );
        return {
          filters: boxOf('.search-filters'),
          first: boxOf('ol[data-search-results] > li'),
          choice: boxOf('.search-filters [data-choice]'),
          follows: list!.compareDocumentPosition(column!) === Node.DOCUMENT_POSITION_FOLLOWING,
        };
      }, null);
      expect(filters.left).toBeGreaterThan(first.right);
      expect(filters.top).toBeLessThan(first.top);
      // Tab reaches the results before dozens of filters.
      expect(follows).toBe(true);
      // The column scrolls and cuts off what protrudes: a focus ring 2px wide, 3px away.
      expect(choice.left - filters.left).toBeGreaterThanOrEqual(5);
      const choose = '[data-choice="form people"]';
      await desk.click(choose);
      await desk.see(`${choose}[aria-pressed="true"]`);
      const isFocused = (selector: string) => document.activeElement === document.querySelector(selector);
      expect(await desk.evaluate(isFocused, choose)).toBe(true);
    } finally {
      await desk.close();
    }
  });

  test('filters that leave no result can be cleared in one step', async () => {
    await visitor.open(host.at('/search/?q=书页盲盒&form=talks'));
    await visitor.see('[data-search-state="done"] [data-search-count="0"]');
    await visitor.click('.search-status .search-clear');
    await visitor.see('[data-search-state="done"] li[data-entry^="teardowns/"]');
    expect(await visitor.address()).not.toContain('form=');
    // Not `:focus`, which WebKit matches only in the window in front.
    const isKept = () => document.activeElement!.closest('.search-tools') !== null;
    expect(await visitor.evaluate(isKept, null)).toBe(true);
  });

  test('a question that stands somewhere word for word also finds what may answer it', async () => {
    await visitor.open(host.at('/search/?q=怎么开始'));
    await visitor.see('ol[data-search-beside] > li mark');
    const { entries } = await shown();
    const beside = await visitor.evaluate(
      () =>
        Array.from(
          document.querySelectorAll<HTMLElement>('ol[data-search-beside] > li'),
          ({ dataset }) => dataset.entry!,
        ),
      null,
    );
    expect(entries).toHaveLength(1);
    expect(beside).toHaveLength(5);
    expect(beside).not.toContain(entries[0]);
    expect(await visitor.text('.search-beside + p')).toContain('没有这句原话');
    await visitor.evaluate(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
    }, null);
    await visitor.type('search-dialog input', '怎么开始');
    await visitor.see('search-dialog li:nth-child(7) mark');
  });

  test('a search without results offers topics, and a text to ask with', async () => {
    await visitor.open(host.at('/search/?q=量子纠缠'));
    await visitor.see('.search-topics a[href*="topic="]');
    expect(await visitor.text('.search-ask blockquote')).toContain('“量子纠缠”');
    expect(await visitor.text('.search-contact')).toContain(site.contact.who);
  });

  test('says when the index can’t be reached, and tries again', async () => {
    // A browser that hasn't searched yet: results of earlier searches could be cached.
    const newcomer = await newVisitor(options);
    try {
      await openSearch(newcomer, host, await tokenOf('anna'));
      await newcomer.offline(true);
      await newcomer.type('search-results input[name="q"]', '社群');
      await newcomer.see('[data-search-state="done"] .search-retry');
      expect(await newcomer.text('.search-status')).toContain('现在连不上');
      await newcomer.offline(false);
      await newcomer.click('.search-retry');
      await newcomer.see('ol[data-search-results] > li[data-entry]');
    } finally {
      await newcomer.close();
    }
  });

  // With the worker, Pagefind answers from a thread of its own, which tests can't reach.
  test.runIf(isInPlace)('asks again when the answer of the index can’t be read', async () => {
    const newcomer = await newVisitor(options);
    try {
      await openSearch(newcomer, host, await tokenOf('anna'));
      await newcomer.evaluate(() => {
        const parse = JSON.parse.bind(JSON);
        JSON.parse = (text: string, revive) => {
          const garbled = text.includes('"unfiltered_total"') ? text.replace(/(?<=\d\.)\d+/, '') : text;
          if (garbled === text) return parse(text, revive) as unknown;
          JSON.parse = parse;
          document.documentElement.dataset.garbled = '';
          return parse(garbled, revive) as unknown;
        };
      }, null);
      await newcomer.type('search-results input[name="q"]', '社群');
      await newcomer.see('html[data-garbled] [data-search-state="done"]');
      await newcomer.see('ol[data-search-results] > li[data-entry] mark');
    } finally {
      await newcomer.close();
    }
  });

  test.skipIf(isInPlace)('repeats offline a search that was made online', async () => {
    const asked = host.at('/search/?q=群规模板');
    await visitor.open(asked);
    await visitor.see('[data-search-state="done"] ol[data-search-results] > li[data-entry] mark');
    await stored(visitor);
    const online = await visitor.text('ol[data-search-results] > li[data-entry] a');
    await visitor.offline(true);
    try {
      await visitor.open(asked);
      await visitor.see('html[data-access="open"] ol[data-search-results] > li[data-entry] mark');
      expect(await visitor.text('ol[data-search-results] > li[data-entry] a')).toBe(online);
      // The index files for these words are stored, even if those for their synonyms aren't.
      await visitor.type('search-results input[name="q"]', '模板');
      // Until the typing pauses, the results of the search before are there.
      await vi.waitFor(
        async () => expect(new URL(await visitor.address()).searchParams.get('q')).toBe('模板'),
        patience,
      );
      await visitor.see('search-results[data-search-state="done"] li[data-entry]:nth-child(2) mark');
      expect(await visitor.text('.search-status')).toMatch(/^\d+ 篇$/);
    } finally {
      await visitor.offline(false);
    }
  });

  test('a stranger finds what is public, and nothing else', async () => {
    const stranger = await newVisitor();
    try {
      const secret = content.entries.find(
        ({ access, form }) => access === 'members' && form === 'teardowns',
      )!;
      await stranger.open(host.at('/search/?q=群规模板'));
      await stranger.see('ol[data-search-results] > li[data-entry="notes/group-rules-template"]');
      await stranger.open(host.at(`/search/?q=${encodeURIComponent(secret.title)}`));
      await stranger.see('[data-search-state="done"]');
      expect(
        await stranger.evaluate(
          (entry) => document.querySelector(`li[data-entry="${entry}"]`),
          secret.address.slice(1, -1),
        ),
      ).toBeNull();
    } finally {
      await stranger.close();
    }
  });

  test('a removed member can still search what is public', async () => {
    const former = await newVisitor(options);
    try {
      await former.open(host.at(`/search/?q=群规模板#key=${await tokenOf('carl')}`));
      await former.see('ol[data-search-results] > li[data-entry="notes/group-rules-template"]');
      expect(await former.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('removed');
      // While the host is away the door says so; afterwards the search works as before.
      host.cut(true);
      await former.type('gate-door input[name="token"]', await tokenOf('anna'));
      await former.click('gate-door [type="submit"]');
      expect(await former.attribute('[role="alert"][data-reason="offline"]', 'data-reason')).toBe('offline');
      host.cut(false);
      // Between two searches that find the same, one that finds nothing: the first one's results are still there.
      await former.type('search-results input[name="q"]', 'qwzx');
      await former.see('[data-search-state="done"] [data-search-count="0"]');
      await former.type('search-results input[name="q"]', '群规');
      await former.see('ol[data-search-results] > li[data-entry="notes/group-rules-template"]');
    } finally {
      await former.close();
    }
  });
});
