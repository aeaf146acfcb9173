import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import { inPlace, modes } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, type Visitor } from '../lib/visitor.ts';

declare global {
  interface Window {
    /** The themes at the time when a page's body began, which its first paint uses. */
    firstThemes?: (string | undefined)[];
  }
}

/** Records the theme as soon as there is anything to paint. */
function noteTheme(): void {
  const themes: (string | undefined)[] = [];
  window.firstThemes = themes;
  let noted: Element | undefined;
  new MutationObserver(() => {
    const { body, documentElement } = document as { body?: Element; documentElement: HTMLElement };
    if (!body || body === noted) return;
    noted = body;
    themes.push(documentElement.dataset.theme);
  }).observe(document, { childList: true, subtree: true });
}

describe.each([modes[0]!, inPlace])('the display of pages $name', ({ base, visitor: options }) => {
  let host: PlainHost;
  let visitor: Visitor;

  beforeAll(async () => {
    host = await serveSample(base);
    visitor = await newVisitor({ ...options, ...(!lacks('early scripts') && { without: noteTheme }) });
    await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"] display-menu button');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const look = async () => {
    await loaded(visitor);
    return visitor.evaluate(() => {
      const { colorScheme, fontSize } = getComputedStyle(document.documentElement);
      const bar = document.querySelector<HTMLMetaElement>('meta[name="theme-color"][media="all"]');
      return { colorScheme, fontSize, bar: bar?.dataset.theme };
    }, null);
  };

  test('follows the system until something else is chosen, which applies immediately', async () => {
    expect(await look()).toEqual({ colorScheme: 'light dark', fontSize: '16px', bar: undefined });
    await visitor.click('display-menu button');
    await visitor.see('display-menu button[aria-expanded="true"]');
    await visitor.click('display-menu .dark');
    await visitor.click('display-menu .large');
    expect(await look()).toEqual({ colorScheme: 'dark', fontSize: '18px', bar: 'dark' });
  });

  test('has a menu that closes with Escape and returns the focus', async () => {
    const focused = await visitor.evaluate(() => {
      document
        .querySelector('display-menu input:checked')!
        .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      return document.activeElement?.getAttribute('aria-expanded');
    }, null);
    expect(focused).toBe('false');
  });

  test.skipIf(lacks('early scripts'))('is as chosen before the next page paints', async () => {
    await visitor.open(host.at('/talks/'));
    await visitor.see('html[data-access="open"] display-menu');
    expect(await look()).toEqual({ colorScheme: 'dark', fontSize: '18px', bar: 'dark' });
    const themes = await visitor.evaluate(() => window.firstThemes ?? [], null);
    expect(themes.length).toBeGreaterThan(0);
    expect(new Set(themes)).toEqual(new Set(['dark']));
    expect(await visitor.attribute('display-menu input[value="dark"]', 'name')).toBe('theme');
  });

  test('follows the system again when that is chosen', async () => {
    await visitor.click('display-menu button');
    await visitor.click('display-menu .auto');
    await visitor.click('display-menu .normal');
    expect(await look()).toEqual({ colorScheme: 'light dark', fontSize: '16px', bar: undefined });
  });
});

test('the door has the manifest for installing the site as an app on a phone', async () => {
  const host = await serveSample('/repo');
  const door = await (await fetch(host.at('/talks/'))).text();
  const address = /<link rel="manifest" href="([^"]+)"/.exec(door)![1]!;
  const answer = await fetch(new URL(address, host.url));
  expect(answer.headers.get('content-type')).toBe('application/manifest+json');
  const manifest = (await answer.json()) as {
    start_url: string;
    scope: string;
    icons: { src: string; purpose: string }[];
  };
  expect(manifest).toMatchObject({ start_url: '/repo/', scope: '/repo/', display: 'standalone' });
  expect(new Set(manifest.icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']));
  for (const { src } of manifest.icons) expect((await fetch(new URL(src, host.url))).status).toBe(200);
  await host.close();
});

test.skipIf(lacks('forced colours'))(
  'chosen controls can be told apart with forced colours too',
  async () => {
    const host = await serveSample('');
    const { entries } = await sampleContent('');
    const [entry] = entries.filter(({ access }) => access === 'members');
    const visitor = await newMember(host.url, { forced: true, still: true });
    const groundsOf = (selector: string) =>
      visitor.evaluate(
        (all) => Array.from(document.querySelectorAll(all), (one) => getComputedStyle(one).backgroundColor),
        selector,
      );
    await visitor.open(host.at(entry!.address));
    await visitor.click('mine-marks [data-state=saved]');
    await visitor.see('mine-marks [aria-pressed=true]');
    const [saved, ...others] = await groundsOf('.head mine-marks button');
    expect(others).not.toContain(saved);
    await visitor.open(host.at('/mine/'));
    await visitor.click('[data-part=checkin] button');
    const [today, tomorrow] = await groundsOf('.days li');
    expect(today).toBe(saved);
    expect(tomorrow).not.toBe(saved);
    // Only the current section has a visible border.
    await visitor.open(host.at('/talks/'));
    const framed = await visitor.evaluate(() => {
      const ground = getComputedStyle(document.body).backgroundColor;
      return [...document.querySelectorAll<HTMLElement>('nav section-nav a')]
        .filter((one) => ![ground, 'rgb(255, 255, 255)'].includes(getComputedStyle(one).borderBottomColor))
        .map(({ ariaCurrent }) => ariaCurrent);
    }, null);
    expect(framed).toEqual(['true']);
    // The line of the player is a gradient, which would be removed.
    const heard = entries.find((one) => one.form === 'talks' && one.audio)!;
    await visitor.open(host.at(heard.address));
    await visitor.see('[data-seek]');
    const adjustOf = (selector: string) =>
      getComputedStyle(document.querySelector(selector)!).getPropertyValue('forced-color-adjust');
    expect(await visitor.evaluate(adjustOf, '[data-seek]')).toBe('none');
    await visitor.close();
    await host.close();
  },
);

test.skipIf(lacks('hints'))('the hint in an empty search box is readable, in light and dark', async () => {
  const host = await serveSample('');
  for (const dark of [false, true]) {
    const visitor = await newMember(host.url, { dark });
    await visitor.open(host.at('/search/'));
    const [hint, faint] = await visitor.evaluate(() => {
      const input = document.querySelector('main input[type=search]')!;
      return [getComputedStyle(input, '::placeholder').color, getComputedStyle(input.closest('form')!).color];
    }, null);
    expect(hint).toBe(faint);
    await visitor.close();
  }
  await host.close();
});

test('the icons in the masthead say which of their pages is open', async () => {
  const host = await serveSample('');
  const visitor = await newMember(host.url);
  for (const address of ['/mine/', '/search/']) {
    await visitor.open(host.at(address));
    await visitor.see('main h1');
    const open = await visitor.evaluate(
      () =>
        Array.from(
          document.querySelectorAll<HTMLAnchorElement>('.masthead [aria-current]'),
          ({ pathname }) => pathname,
        ),
      null,
    );
    expect(open).toEqual([address]);
  }
  await visitor.close();
  await host.close();
});

describe('on the smallest phone with the largest text', () => {
  let host: PlainHost;
  let visitor: Visitor;

  beforeAll(async () => {
    host = await serveSample('');
    // 320 pixels beside the scroll bar, which phones draw over the page.
    visitor = await newMember(host.url, { width: 335 });
    await visitor.click('display-menu button');
    await visitor.click('display-menu .largest');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  test('the masthead is one row, and each of its icons large enough', async () => {
    await visitor.open(host.url);
    await visitor.see('html[data-text-size="largest"] .masthead display-menu');
    const boxes = await visitor.evaluate(
      () =>
        [...document.querySelectorAll('.masthead :is(.brand, .tools > a, .tools button)')].map((one) => {
          const { top, bottom, width, height } = one.getBoundingClientRect();
          return { middle: (top + bottom) / 2, width, height };
        }),
      null,
    );
    expect(boxes).toHaveLength(4);
    for (const { middle, width, height } of boxes) {
      expect(middle).toBeCloseTo(boxes[0]!.middle, 0);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
  });

  test('the names in the week of a digest are written in lines', async () => {
    const { entries } = await sampleContent('');
    const digest = entries.find(({ form, access }) => form === 'digests' && access === 'members')!;
    await visitor.open(host.at(digest.address));
    await visitor.see('html[data-text-size="largest"] .glance .names');
    const heights = await visitor.evaluate(
      () =>
        [...document.querySelectorAll('.glance .names:not(:empty)')].map(
          (one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).fontSize),
        ),
      null,
    );
    expect(heights.length).toBeGreaterThan(0);
    expect(Math.max(...heights)).toBeLessThan(2);
  });

  test('the play button is round, and the ranking no wider than the page, with a larger font of the browser', async () => {
    const enlarge = () => {
      document.documentElement.style.fontSize = '24px';
    };
    const { entries } = await sampleContent('');
    const talk = entries.find((one) => one.form === 'talks' && one.access === 'members' && one.audio)!;
    await visitor.open(host.at(talk.address));
    await visitor.see('talk-player:defined');
    await visitor.evaluate(enlarge, null);
    const { width, height } = await visitor.evaluate(() => {
      const { width, height } = document.querySelector('talk-player .play')!.getBoundingClientRect();
      return { width, height };
    }, null);
    expect(width).toBeCloseTo(height, 0);
    await visitor.open(host.at('/awards/'));
    await visitor.see('.year');
    await visitor.evaluate(enlarge, null);
    const beside = await visitor.evaluate(() => {
      const { scrollWidth, clientWidth } = document.querySelector('main > .page')!;
      return scrollWidth - clientWidth;
    }, null);
    expect(beside).toBe(0);
  });

  test('the times of a recording and of its timer end before the buttons', async () => {
    const { entries } = await sampleContent('');
    const talk = entries.find((one) => one.form === 'talks' && one.access === 'members' && one.audio)!;
    await visitor.open(host.at(talk.address));
    await visitor.see('html[data-text-size="largest"][data-listening] talk-player:defined');
    await visitor.evaluate(() => {
      const sleep = document.querySelector<HTMLSelectElement>('[data-sleep]')!;
      sleep.value = '60';
      sleep.dispatchEvent(new Event('change'));
    }, null);
    await visitor.see('[data-sleep-left]:not(:empty)');
    const room = await visitor.evaluate(() => {
      const times = [...document.querySelectorAll('.times > *')].map(
        (one) => one.getBoundingClientRect().right,
      );
      return document.querySelector('.transport')!.getBoundingClientRect().left - Math.max(...times);
    }, null);
    expect(room).toBeGreaterThanOrEqual(0);
  });

  test('the numbers of a chart are seen beside names of any length where cases are compared', async () => {
    const { entries } = await sampleContent('');
    const cases = entries.filter(({ form }) => form === 'teardowns');
    const charted = cases.find(({ html }) => html.includes('class="chart"'))!;
    const other = cases.find((one) => one !== charted)!;
    await visitor.open(host.at(`/compare/?case=${charted.slug}&case=${other.slug}`));
    await visitor.see('case-table fieldset:not([hidden])');
    const chart = await visitor.evaluate(() => {
      const shown = [...document.querySelectorAll('.numbers .chart')].find((one) => one.checkVisibility())!;
      shown.querySelectorAll('th').forEach((name, at) => (name.textContent += '很长的名字'.repeat(at + 1)));
      const { right } = shown.closest('.numbers')!.getBoundingClientRect();
      const boxesOf = (selector: string) =>
        [...shown.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
      return {
        cut: boxesOf('.chart-value').filter((box) => box.width === 0 || box.right > right + 1).length,
        bars: new Set(boxesOf('svg').map(({ width }) => Math.round(width))).size,
        lines: Math.max(...boxesOf('th').map(({ height, width }) => height / width)),
      };
    }, null);
    expect(chart).toMatchObject({ cut: 0, bars: 1 });
    expect(chart.lines).toBeLessThan(1.5);
  });
});
