import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

declare global {
  interface Window {
    /** What the page has announced since it was opened. */
    heard?: string[];
  }
}

describe('a member with a keyboard and a screen reader', () => {
  let host: PlainHost;
  let visitor: Visitor;
  let piece: Content['entries'][number];

  beforeAll(async () => {
    host = await serveSample('');
    const { entries } = await sampleContent('');
    piece = entries.find(({ form, access }) => form === 'discussions' && access === 'members')!;
    visitor = await newMember(host.url, { still: true, width: 1280, height: 800 });
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const open = async (address: string) => {
    await visitor.open(host.at(address));
    await visitor.see('html[data-access="open"] main h1');
    await loaded(visitor);
    await visitor.evaluate(() => {
      window.heard = [];
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const place = target instanceof Element ? target.closest('[role=status]') : null;
          const said = [...(place?.childNodes ?? [])].filter(
            (node) => !(node instanceof Element && node.ariaHidden === 'true'),
          );
          const text = said.map(({ textContent }) => textContent).join('');
          if (text) window.heard!.push(text);
        }
      }).observe(document.body, { subtree: true, childList: true });
    }, null);
  };
  const focus = (selector: string) =>
    visitor.evaluate((one) => document.querySelector<HTMLElement>(one)!.focus(), selector);
  /** Returns the focused element and its accessible name. */
  const focused = () =>
    visitor.evaluate(() => {
      const { localName, ariaLabel, textContent } = document.activeElement!;
      return `${localName} ${(ariaLabel ?? textContent).trim()}`;
    }, null);
  const isFocused = (selector: string) =>
    vi.waitFor(
      async () =>
        expect(
          await visitor.evaluate((one) => document.activeElement!.matches(one), selector),
          `${selector}, not ${(await focused()).slice(0, 80)}`,
        ).toBe(true),
      patience,
    );
  const hears = (text: string) =>
    vi.waitFor(
      async () => expect(await visitor.evaluate(() => window.heard, null)).toContain(text),
      patience,
    );
  /** Selects some words of a paragraph, like Shift with an arrow key. */
  const select = (paragraph: number) =>
    visitor.evaluate((at) => {
      const place = document.querySelectorAll('article[data-entry] .text .voice p')[at]!;
      const text = document.createTreeWalker(place, NodeFilter.SHOW_TEXT).nextNode()!;
      getSelection()!.setBaseAndExtent(text, 0, text, 6);
    }, paragraph);

  test('marks words, edits the note and removes the mark without losing the focus', async () => {
    await open(piece.address);
    await select(1);
    await visitor.see('mine-highlights .bar:not([hidden])');
    await visitor.press('Tab');
    await isFocused('.bar .mark');
    await visitor.press('Enter');
    await isFocused('.text mark + .mine-note');
    await hears('划好了');
    await visitor.press('Enter');
    await visitor.type('mine-highlights textarea', '下周试');
    await focus('mine-highlights dialog .button');
    await visitor.press('Enter');
    await isFocused('.text mark[data-noted] + .mine-note');
    expect(await focused()).toContain('下周试');
    await visitor.press('Enter');
    await visitor.type('mine-highlights textarea', '下周三试');
    await visitor.press('Escape');
    await isFocused('.text mark[data-noted] + .mine-note');
    expect(await focused()).toContain('下周三试');
    await visitor.press('Enter');
    await focus('mine-highlights dialog .text-button');
    await visitor.press('Enter');
    await hears('笔记也会删掉，再点一次');
    await visitor.press('Enter');
    await isFocused('.text p');
    await hears('删掉了');
  });

  test('removes marks one after another from the page that lists them', async () => {
    await open(piece.address);
    for (const paragraph of [1, 2, 3]) {
      await select(paragraph);
      await visitor.click('mine-highlights .bar .mark');
    }
    await open('/mine/');
    await visitor.see('[data-marks] button');
    const names = await visitor.evaluate(
      () => Array.from(document.querySelectorAll('[data-marks] button'), ({ ariaLabel }) => ariaLabel!),
      null,
    );
    expect(new Set(names).size).toBe(3);
    await focus('[data-marks] button');
    await visitor.press('Enter');
    expect(await focused()).toBe(`button ${names[1]!}`);
    await hears('删掉了');
    await visitor.press('Enter');
    expect(await focused()).toBe(`button ${names[2]!}`);
    await visitor.press('Enter');
    await isFocused('main');
  });

  test('starts a check-in, with the focus on the line for today', async () => {
    await focus('[data-part=checkin] button');
    await visitor.press('Enter');
    await isFocused('[data-part=checkin] input');
  });

  test('hears that a link was copied, can tell it from others, and keeps the focus on it', async () => {
    await open(piece.address);
    const called = await visitor.evaluate(
      () =>
        Array.from(document.querySelectorAll('.prose :is(h2, h3)[id]'), (heading) => ({
          heading: heading.ariaLabel!,
          link: heading.querySelector('.heading-link')!.ariaLabel!,
        })),
      null,
    );
    for (const { heading, link } of called) {
      expect(heading).not.toContain('复制');
      expect(link).toBe(`${heading} 复制这一节的链接`);
    }
    await focus('.heading-link');
    await visitor.press('Enter');
    await hears('已复制');
    await isFocused('.heading-link');
  });

  test('clears recent searches and the marks of a search without losing the focus', async () => {
    await open('/search/');
    await visitor.type('main input[name=q]', '社群');
    await visitor.see('[data-search-state=done] ol[data-search-results] > li');
    await focus('main input[name=q]');
    await visitor.press('Enter');
    await open('/search/');
    await visitor.see('main .search-recent .search-clear');
    await focus('main .search-recent .search-clear');
    await visitor.press('Enter');
    await isFocused('main input[name=q]');
    await open(`${piece.address}?q=${encodeURIComponent('活跃')}`);
    await visitor.see('search-highlight .search-clear');
    await focus('search-highlight .search-clear');
    await visitor.press('Enter');
    await isFocused('article :is(p, li, h1, h2, h3)');
  });

  test('asks for more hits, with the focus on the first new one', async () => {
    await open('/search/?q=我');
    await visitor.see('.search-more-hits');
    const place = await visitor.evaluate(() => {
      const more = document.querySelector<HTMLElement>('.search-more-hits')!;
      more.focus();
      return more.parentElement!.dataset.entry!;
    }, null);
    await visitor.press('Enter');
    await isFocused(`[data-entry="${place}"] .search-hits li:nth-child(4) a`);
  });

  test('resets the filters, with the focus on a filter', async () => {
    await open('/breakdowns/?kind=course');
    await visitor.see('list-filter [type=reset]:not([hidden])');
    await focus('list-filter [type=reset]');
    await visitor.press('Enter');
    await isFocused('list-filter select');
  });

  test('takes a series along, hears that it was taken, and can drop it again', async () => {
    await open('/series/cold-start-talks/');
    await visitor.see('take-along[data-state=idle]');
    await focus('take-along .idle button');
    await visitor.press('Enter');
    await isFocused('take-along .taken button');
    await hears(await visitor.text('take-along .taken span'));
    await visitor.press('Enter');
    await isFocused('take-along .idle button');
  });

  test('hears a recording without the slider announcing each second', async () => {
    const { entries } = await sampleContent('');
    const talk = entries.find(
      ({ form, audio, access }) => form === 'talks' && audio && access === 'members',
    )!;
    await open(talk.address);
    await visitor.see('html[data-listening]');
    await focus('[data-seek]');
    const told = await visitor.evaluate(async () => {
      const audio = document.querySelector<HTMLAudioElement>('.dock audio')!;
      const slider = document.querySelector('[data-seek]')!;
      audio.muted = true;
      await audio.play();
      const until = async (second: number) => {
        while (audio.currentTime < second) await new Promise((resolve) => setTimeout(resolve, 50));
      };
      await until(0.5);
      const texts = new Set([slider.ariaValueText]);
      new MutationObserver(() => texts.add(slider.ariaValueText)).observe(slider, { attributes: true });
      await until(3);
      return [...texts];
    }, null);
    expect(told).toHaveLength(1);
    await visitor.press('ArrowRight');
    const moved = await visitor.attribute('[data-seek]', 'aria-valuetext');
    expect(moved).not.toBe(told[0]);
    const chapters = await visitor.evaluate(
      () =>
        Array.from(document.querySelectorAll('[data-panel] [aria-hidden=true]'), (one) => one.textContent),
      null,
    );
    // The clocks next to the chapter; a screen reader would announce each change of the button's name.
    expect(chapters.join()).toMatch(/\d:\d\d,−\d:\d\d/);
  });

  test('can tell the buttons of quotes apart', async () => {
    await open('/quotes/');
    await visitor.see('.make-picture');
    const names = await visitor.evaluate(
      () => Array.from(document.querySelectorAll('.make-picture'), ({ ariaLabel }) => ariaLabel),
      null,
    );
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^做成图 ./);
  });

  test('finds topics on an idle search page, and hears only the number of results', async () => {
    await open('/search/');
    await visitor.see('main .search-topics a[href*="/topics/"]');
    expect(await visitor.text('main .search-status')).not.toBe('');
    expect(
      await visitor.evaluate(
        () =>
          [...document.querySelectorAll('main ol')].filter(
            (list) => list.checkVisibility() && !list.firstChild,
          ).length,
        null,
      ),
    ).toBe(0);
    await visitor.type('main input[name=q]', '社群');
    await visitor.see('[data-search-state=done] ol[data-search-results][role=list] > li');
    expect(await visitor.evaluate(() => document.querySelector('main .search-topics'), null)).toBeNull();
    const heard = await visitor.evaluate(() => window.heard!, null);
    expect(heard.join()).toMatch(/^\d+ 篇/);
    expect(heard.join()).not.toContain('正在搜');
  });

  test('has controls that are large enough for a finger, except for links within a sentence', async () => {
    const { entries } = await sampleContent('');
    const talk = entries.find(
      ({ form, audio, access }) => form === 'talks' && audio && access === 'members',
    )!;
    const book = entries.find(({ form, access }) => form === 'breakdowns' && access === 'members')!;
    const gathering = ['/', '/talks/', '/quotes/', '/start/', '/people/', '/compare/', '/mine/', '/account/'];
    for (const address of [...gathering, talk.address, book.address, piece.address]) {
      await open(address);
      const small = await visitor.evaluate(
        () =>
          [
            ...document.querySelectorAll<HTMLElement>(
              'a[href], button, select, summary, input:not(.visually-hidden)',
            ),
          ]
            .filter((one) => {
              // A tap on a label counts for its checkbox.
              const { width, height } = (one.closest('label') ?? one).getBoundingClientRect();
              // A link in running text is as high as its line, and a task list checkbox as its text.
              const isInText = one.matches('.text :is(p, li, td, sup, h3) > a, .task-list-item input');
              const isSeen = one.checkVisibility({ visibilityProperty: true }) && width > 1;
              return isSeen && !isInText && height < 24;
            })
            .map((one) => one.outerHTML.slice(0, 120)),
        null,
      );
      expect({ address, small }).toEqual({ address, small: [] });
    }
  });
});
