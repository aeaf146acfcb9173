import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { FORMS } from '../../src/model/form.ts';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import type { Visitor } from '../lib/visitor.ts';

declare global {
  interface Window {
    /** The focusable elements in page order, and the record of each that got the focus. */
    stops?: Element[];
    walked?: { stop: number; name: string; hasRing?: boolean; isCovered?: boolean }[];
    /** Records whether the focused element has a visible focus ring, and whether something covers it. */
    look?: () => void;
  }
}

/**
 * Records each element that gets the focus, and, when the next key is pressed, whether it has a visible focus ring and
 * whether something covers it. Not earlier: WebKit draws the ring, and scrolls to the element, after the focus event.
 */
function noteFocus(): number {
  // A smooth scroll would not have ended by then.
  document.documentElement.style.scrollBehavior = 'auto';
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const stops = [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button:enabled, input:enabled, select, textarea, summary, [tabindex="0"]',
    ),
  ].filter(
    (element) =>
      element.tabIndex >= 0 &&
      isShown(element) &&
      // In a group of radio buttons, only the selected one is a tab stop.
      !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked),
  );
  window.stops = stops;
  const walked: NonNullable<Window['walked']> = [];
  window.walked = walked;
  let latest: { element: Element; note: (typeof walked)[number] } | undefined;
  document.addEventListener('focusin', ({ target }) => {
    const element = target as HTMLElement;
    const stop = stops.indexOf(element);
    // Scrollable elements can be focused too, so that arrow keys scroll them.
    if (stop < 0 && element.scrollWidth > element.clientWidth) return;
    const note = { stop, name: element.outerHTML.slice(0, 160) };
    walked.push(note);
    latest = { element, note };
  });
  window.look = () => {
    if (document.activeElement !== latest?.element) return;
    const { element, note } = latest;
    note.hasRing = [element, element.closest('label, form'), element.nextElementSibling].some((one) => {
      const { outlineStyle = 'none', outlineWidth = '' } = one ? getComputedStyle(one) : {};
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    });
    // At the centre of its visible part.
    const { left, right, top, bottom } = element.getClientRects()[0]!;
    const middle = (from: number, to: number, end: number) => (Math.max(0, from) + Math.min(end, to)) / 2;
    const over = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
    note.isCovered = !over || !(element.contains(over) || over.contains(element));
  };
  document.addEventListener('keydown', window.look, { capture: true });
  return stops.length;
}

describe('a member without a mouse', () => {
  let host: PlainHost;
  let visitor: Visitor;
  let content: Content;

  beforeAll(async () => {
    host = await serveSample('');
    content = await sampleContent('');
    visitor = await newMember(host.url, { still: true, width: 1280, height: 800 });
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const open = async (address: string) => {
    await visitor.open(host.at(address));
    await visitor.see('html[data-access="open"] main h1');
    // By then, scripts have added their elements.
    await loaded(visitor);
  };
  const heard = () =>
    content.entries.find((entry) => entry.form === 'talks' && entry.audio && entry.access === 'members')!;
  const focus = (selector: string) =>
    visitor.evaluate((one) => document.querySelector<HTMLElement>(one)!.focus(), selector);
  const isFocused = (selector: string) =>
    visitor.evaluate((one) => document.activeElement === document.querySelector(one), selector);

  /**
   * Presses Tab over `count` stops and the scrollable elements between them. No further: the browser's own toolbar
   * comes next, and would keep the focus when another page is opened.
   */
  const walk = async (count: number) => {
    await visitor.press('Tab', count);
    for (let scrolling = 0; ; scrolling++) {
      const walked = await visitor.evaluate(async () => {
        // Firefox scrolls to the focused element in its next frame.
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        window.look!();
        return window.walked!;
      }, null);
      if (walked.length >= count || scrolling === 3) return walked;
      await visitor.press('Tab');
    }
  };

  test('reaches every control of every kind of page, in page order and with a visible focus', async () => {
    const entries = FORMS.map(
      (form) => content.entries.find((entry) => entry.form === form && entry.access === 'members')!.address,
    );
    const gathering = ['/', '/breakdowns/', '/compare/', '/mine/', '/account/', '/start/', '/search/'];
    for (const address of [heard().address, ...entries, ...gathering]) {
      await open(address);
      // Shown once the browser has told how much it stores.
      if (address === '/account/') await visitor.see('device-storage:not([hidden])');
      const count = await visitor.evaluate(noteFocus, null);
      expect(count).toBeGreaterThan(10);
      const walked = await walk(count);
      expect({ address, walked: walked.map(({ stop }) => stop) }).toEqual({
        address,
        walked: [...Array(count).keys()],
      });
      expect({
        address,
        unseen: walked.filter(({ hasRing, isCovered }) => !hasRing || isCovered !== false),
      }).toEqual({
        address,
        unseen: [],
      });
    }
  });

  test('sees the section that has the focus, where not all sections fit', async () => {
    const narrow = await newMember(host.url, { still: true });
    await loaded(narrow);
    const sections = await narrow.evaluate(() => {
      const links = [...document.querySelectorAll<HTMLElement>('section-nav a')];
      links[0]!.focus();
      return links.map(({ textContent }) => textContent.trim());
    }, null);
    for (const section of sections.slice(1)) {
      await narrow.press('Tab');
      const focused = await narrow.evaluate(() => {
        const link = document.activeElement!;
        const { left, right } = link.getBoundingClientRect();
        const end = document.querySelector('section-nav ul')!.clientWidth;
        // The row fades out over 48 pixels at its end, and within the gutter at its start.
        return { name: link.textContent.trim(), isFaded: left < 17 || right > end - 48 };
      }, null);
      expect(focused).toEqual({ name: section, isFaded: false });
    }
    await narrow.close();
  });

  test.each([
    ['the display menu', 'display-menu button', 'display-menu button[aria-expanded="true"]'],
    ['the chapters', 'talk-player [data-panel]', 'talk-player [data-panel][aria-expanded="true"]'],
    ['the picture of a quote', '.make-picture', 'quote-pictures dialog[open]'],
    ['the search box', '[data-search-open]', 'search-dialog dialog[open]'],
  ])(
    'opens %s with Enter, closes it with Escape, and has the focus back where it was',
    async (_, opener, opened) => {
      await open(heard().address);
      await visitor.see(opener);
      await focus(opener);
      await visitor.press('Enter');
      await visitor.see(opened);
      await visitor.press('Escape');
      await visitor.see(`body:not(:has(${opened}))`);
      expect(await isFocused(opener)).toBe(true);
    },
  );

  test('goes on typing a query from a result', async () => {
    await open('/topics/');
    await focus('[data-search-open]');
    await visitor.press('Enter');
    await visitor.type('search-dialog input', '运营');
    await visitor.see('search-dialog li[data-entry] mark');
    await visitor.press('ArrowDown');
    expect(await isFocused('search-dialog .search-title')).toBe(true);
    await visitor.press('s');
    expect(await isFocused('search-dialog input')).toBe(true);
    const typed = () => document.querySelector<HTMLInputElement>('search-dialog input')!.value;
    expect(await visitor.evaluate(typed, null)).toBe('运营s');
  });

  test('plays, pauses and seeks in a recording', async () => {
    await open(heard().address);
    await visitor.see('html[data-listening]');
    await focus('[data-seek]');
    const before = await visitor.evaluate(
      () => document.querySelector<HTMLInputElement>('[data-seek]')!.valueAsNumber,
      null,
    );
    await visitor.press('ArrowRight', 2);
    const after = await visitor.evaluate(
      () => document.querySelector<HTMLInputElement>('[data-seek]')!.valueAsNumber,
      null,
    );
    expect(after - before).toBe(10);
    await focus('talk-player button[data-play]');
    await visitor.press('Enter');
    await visitor.see('talk-player[data-playing]');
    await visitor.press('Enter');
    await visitor.see('talk-player:not([data-playing])');
  });

  test('sees no motion when they prefer less of it', async () => {
    await open(heard().address);
    const moving = await visitor.evaluate(
      () =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
            const lasts = [transitionDuration, animationDuration].some((time) => parseFloat(time) > 0.01);
            return lasts || scrollBehavior === 'smooth';
          })
          .map((element) => element.outerHTML.slice(0, 120)),
      null,
    );
    expect(moving).toEqual([]);
  });
});
