import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMS, SITE_PAGES } from '../../src/model/form.ts';
import { loaded } from '../lib/loaded.ts';
import { inPlace } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// One mode for each theme, which saves half the time: themes don't depend on how a page was opened.
const here = [
  { name: 'light, with the worker', dark: false, base: '', options: {}, mostShift: 0.02 },
  // The public part of a page is shown until the rest is opened.
  { name: 'dark, in place', dark: true, base: inPlace.base, options: inPlace.visitor, mostShift: 0.1 },
] as const;

describe.each(here)('accessibility, $name', ({ dark, base, options, mostShift }) => {
  let host: PlainHost;
  let visitor: Visitor;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    host = await serveSample(base);
    visitor = await newVisitor({ ...options, dark, width: 360 });
    const { entries, topics, series } = await sampleContent(base);
    for (const form of FORMS) {
      const entry = entries.find((candidate) => candidate.form === form && candidate.access === 'members');
      if (entry) pages.set(form, entry.address);
    }
    const talk = entries.find((entry) => entry.form === 'talks' && entry.audio && entry.access === 'members');
    if (talk) pages.set('talk to hear', talk.address);
    pages.set('topic', `/topics/${[...topics.keys()][0]!}/`);
    pages.set('series', `/series/${[...series.keys()][0]!}/`);
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  /** Returns the problems on the open page that axe calls serious or critical, one per line. */
  async function violations(): Promise<string[]> {
    await visitor.run(axe);
    const { violations: found } = await visitor.evaluate(
      () => (window as unknown as { axe: typeof axeCore }).axe.run({ resultTypes: ['violations'] }),
      null,
    );
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  test('the door has no serious violation', async () => {
    await visitor.open(host.at(pages.get('talks')!));
    await visitor.see('form[data-door] [type="submit"]:enabled');
    expect(await violations()).toEqual([]);
  });

  /** Returns the sum of the layout shifts while the open page loaded, if the browser reports them. */
  async function moved(): Promise<number> {
    await loaded(visitor);
    return visitor.evaluate(async () => {
      if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return 0;
      const shifts = new Promise<PerformanceEntryList>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        // An observer that has reported nothing after two frames never will.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve([]))));
      });
      const values = (await shifts) as unknown as { value: number }[];
      return values.reduce((sum, { value }) => sum + value, 0);
    }, null);
  }

  test(
    'no kind of page has a serious violation, is wider than the screen or shifts while it loads',
    { timeout: 240_000 },
    async () => {
      await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
      await visitor.see('html[data-access="open"]');
      const gathering = SITE_PAGES.filter((address) => address !== '/search/').concat(
        '/account/',
        '/offline/',
        '/search/?q=社群',
      );
      for (const address of [...gathering, ...pages.values()]) {
        await visitor.open(host.at(address));
        await visitor.see('html[data-access="open"] main h1');
        if (address.startsWith('/search/')) await visitor.see('[data-search-state="done"]');
        const shift = await moved();
        expect({ address, isSteady: shift < mostShift, shift }).toMatchObject({ isSteady: true });
        expect({ address, violations: await violations() }).toEqual({ address, violations: [] });
        const isTooWide = await visitor.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
          null,
        );
        expect({ address, isTooWide }).toEqual({ address, isTooWide: false });
      }
    },
  );
});
