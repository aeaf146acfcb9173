import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

describe.each(modesOnOneBase)('on a phone, a member $name', ({ base, visitor: options }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let content: Content;
  let talk: Entry;

  beforeAll(async () => {
    host = await serveSample(base);
    content = await sampleContent(base);
    [talk] = content.entries
      .filter(({ form, access }) => form === 'talks' && access === 'members')
      .sort((a, b) => b.lines.length - a.lines.length) as [Entry];
    visitor = await newMember(host.url, options);
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const open = async (address: string, seen: string) => {
    await visitor.open(host.at(address));
    await visitor.see(`html[data-access="open"] ${seen}`);
    await loaded(visitor);
  };
  /** Returns the distance of an element from the top of the screen, once it is stable for a while. */
  const topOf = (selector: string) =>
    visitor.evaluate(async (one) => {
      const top = () => Math.round(document.querySelector(one)!.getBoundingClientRect().top);
      for (let before = NaN; before !== top();) {
        before = top();
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      return top();
    }, selector);

  test('comes back from a search result to the same place in the list', async () => {
    await open('/search/?q=群', '[data-search-state="done"]');
    const result = 'ol[data-search-results] > li:nth-child(15)';
    // Repeatedly: as it comes into view, elements above it are filled.
    const toMiddle = async () => {
      await visitor.evaluate((one) => {
        document.querySelector(one)!.scrollIntoView({ block: 'center', behavior: 'instant' });
      }, result);
      return topOf(result);
    };
    await vi.waitFor(async () => expect(Math.abs((await toMiddle()) - 400)).toBeLessThan(300), patience);
    const before = await topOf(result);
    // Not with the driver's click, which would scroll to it first.
    await visitor.evaluate((one) => document.querySelector<HTMLElement>(`${one} a`)!.click(), result);
    await visitor.see('article[data-entry]');
    // Not immediately: the result of this call would be lost with the page.
    await visitor.evaluate(() => void setTimeout(() => history.back(), 100), null);
    await visitor.see('[data-search-state="done"] ol[data-search-results] > li:nth-child(15)');
    await loaded(visitor);
    await vi.waitFor(
      async () => expect(Math.abs((await topOf(result)) - before)).toBeLessThan(200),
      patience,
    );
  });

  test('reaches a heading tapped in the contents of a talk, and a shared quote', async () => {
    await open(talk.address, 'article[data-entry]');
    const heading = await visitor.evaluate(() => {
      const link = [...document.querySelectorAll<HTMLAnchorElement>('.contents.top a')].at(-1)!;
      link.click();
      return link.hash;
    }, null);
    // Repeatedly: on a busy machine, the page stands still for a while before it begins to scroll.
    await vi.waitFor(async () => {
      const top = await topOf(heading);
      // At the end of a page there may be no more to scroll to.
      const isAtEnd = await visitor.evaluate(
        () => innerHeight + scrollY > document.documentElement.scrollHeight - 2,
        null,
      );
      expect({ top, isWhereItWasToBe: isAtEnd || top < 60 }).toMatchObject({ isWhereItWasToBe: true });
    }, patience);
    const quote = talk.quotes.at(-1)!;
    await open(`${talk.address}?shared#${quote.id}`, 'article[data-entry]');
    await vi.waitFor(async () => expect(await topOf(`#${quote.id}`)).toBeLessThan(60), patience);
  });

  test('has listening with the phone in a pocket recorded as reading', async () => {
    const heard = content.entries.find(
      ({ form, audio, access }) => form === 'talks' && audio && access === 'members',
    )!;
    await open(heard.address, 'mine-marks:not([hidden])');
    const kept = await visitor.evaluate(
      ({ key, id }) => {
        const clock = performance.now.bind(performance);
        let later = 0;
        performance.now = () => clock() + later;
        // A new element counts from zero; how long this page has been open already depends on the machine.
        const watch = document.querySelector('mine-reading')!;
        watch.replaceWith(watch.cloneNode());
        const audio = document.querySelector('article audio')!;
        const turn = (isPaused: boolean) => {
          Object.defineProperty(audio, 'paused', { configurable: true, value: isPaused });
          audio.dispatchEvent(new Event(isPaused ? 'pause' : 'play'));
        };
        turn(false);
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
        later += 31_000;
        turn(true);
        const log = JSON.parse(localStorage.getItem(key) ?? '{"pieces":{}}') as {
          pieces: Record<string, object>;
          days: string[];
        };
        return { piece: log.pieces[id], days: log.days };
      },
      { key: `jinghua ${base}/ mine`, id: `talks/${heard.slug}` },
    );
    expect(kept.piece).toMatchObject({ title: heard.title });
    expect(kept.piece).toHaveProperty('opened');
    expect(kept.days).toHaveLength(1);
  });

  test('sees three years of marks in short lists, and gets from a mark to its place in the piece', async () => {
    const line = talk.lines.at(-3)!;
    const mark = (id: string, exact: string, made: number) => ({
      ...{ id, exact, prefix: '', suffix: '', note: '' },
      ...{ made, changed: made },
    });
    const [year, day] = [365 * 86_400_000, 86_400_000];
    const start = Date.UTC(2023, 10, 1);
    const kept: [string, object][] = [
      ...Array.from({ length: 600 }, (_, at): [string, object] => [
        `notes/old-${String(at)}`,
        {
          title: `旧的一篇 ${String(at)}`,
          state: (['saved', 'reading', 'practised'] as const)[at % 3],
          stateChanged: start + at * day,
          opened: start + at * day,
          highlights: at % 3 ? [] : [mark(`m${String(at)}`, `第 ${String(at)} 句`, start + at * day)],
        },
      ]),
      [
        `talks/${talk.slug}`,
        { title: talk.title, highlights: [mark('late', line.text.slice(0, 12), start + 3 * year)] },
      ],
    ];
    const pieces = Object.fromEntries(kept);
    // Leaving a page records that it was read.
    await open('/mine/', 'mine-page:not([hidden])');
    await visitor.evaluate(
      ([key, log]) => localStorage.setItem(key!, log!),
      [`jinghua ${base}/ mine`, JSON.stringify({ format: 'jinghua-mine', version: 1, pieces, days: [] })],
    );
    await open('/mine/', 'mine-page:not([hidden]) [data-marks] a');
    const shown = () =>
      visitor.evaluate(
        () => ({
          rows: document.querySelectorAll('[data-part=saved] li').length,
          marks: document.querySelectorAll('[data-marks] blockquote').length,
          jumps: document.querySelector<HTMLElement>('.jumps')!.innerText.replace(/\s+/g, ' ').trim(),
          screens: Math.round(document.body.scrollHeight / innerHeight),
        }),
        null,
      );
    expect(await shown()).toMatchObject({
      ...{ rows: 10, marks: 10 },
      jumps: '在读 200 收藏 200 已实践 200 划线和笔记 201 备份和搬家',
    });
    expect((await shown()).screens).toBeLessThan(10);
    await visitor.click('[data-part=saved] [data-more]');
    await visitor.see('[data-part=saved] li:nth-child(200)');
    expect(
      await visitor.evaluate(() => document.activeElement!.closest('li')!.matches(':nth-child(11)'), null),
    ).toBe(true);
    await visitor.click('[data-marks] blockquote a');
    await visitor.see('.text mark[data-highlight=late]');
    await vi.waitFor(async () => {
      const top = await topOf('.text mark[data-highlight=late]');
      expect(top).toBeGreaterThan(0);
      expect(top).toBeLessThan(844);
    }, patience);
  });
});
