import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import type { Visitor } from '../lib/visitor.ts';

describe.each(modesOnOneBase)('overview pages $name', ({ base, visitor: options }) => {
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

  const open = async (address: string) => {
    await visitor.open(host.at(address));
    await visitor.see('html[data-access="open"]');
  };
  const shown = (selector: string) =>
    visitor.evaluate((all) => document.querySelectorAll(`${all}:not([hidden])`).length, selector);

  test('link a whole row of a list to its piece, and the people in it to their pages', async () => {
    await open('/talks/');
    const tapped = await visitor.evaluate(() => {
      const row = [...document.querySelectorAll<HTMLElement>('.list > li')].find((item) =>
        item.querySelector('.names a'),
      )!;
      row.scrollIntoView({ block: 'center', behavior: 'instant' });
      const linkAt = (element: Element) => {
        const { x, y, height } = element.getBoundingClientRect();
        return document.elementFromPoint(x + 2, y + height / 2)?.closest('a')?.pathname;
      };
      const of = (selector: string) => row.querySelector<HTMLAnchorElement>(selector)!;
      return {
        row: ['time', '.summary', '.title'].map((selector) => linkAt(of(selector))),
        title: of('.title a').pathname,
        who: linkAt(of('.names a')),
        person: of('.names a').pathname,
      };
    }, null);
    expect(tapped.row).toEqual([tapped.title, tapped.title, tapped.title]);
    expect(tapped.who).toBe(tapped.person);
  });

  test('of a topic have all its pieces at one heading level', async () => {
    const [topic] = [...content.topics.keys()]
      .map((id) => ({
        id,
        of: content.entries.filter(({ data }) => 'topics' in data && data.topics.includes(id)),
      }))
      .sort((a, b) => b.of.length - a.of.length);
    await open(`/topics/${topic!.id}/`);
    const levels = await visitor.evaluate(
      () => Array.from(document.querySelectorAll('main article :is(h2, h3)'), ({ localName }) => localName),
      null,
    );
    expect(levels).toHaveLength(topic!.of.length);
    expect(new Set(levels)).toEqual(new Set(['h3']));
  });

  test('filter the breakdowns as the address says, and can be reset', async () => {
    const courses = content.entries.filter(
      (entry) => entry.form === 'breakdowns' && entry.data.work.kind === 'course',
    );
    await open('/breakdowns/?kind=course');
    await visitor.see('list-filter form:not([hidden])');
    expect(await shown('[data-item]')).toBe(courses.length);
    await visitor.click('list-filter [type=reset]');
    await visitor.see('list-filter [data-item][data-kind=book]:not([hidden])');
    expect(await visitor.address()).not.toContain('kind=');
  });

  test('filter the quotes by person', async () => {
    const { who } = content.entries.flatMap(({ quotes }) => quotes).find((quote) => quote.who)!;
    const theirs = content.entries.flatMap(({ quotes }) => quotes).filter((quote) => quote.who === who);
    await open(`/quotes/?person=${who!}`);
    await visitor.see('list-filter form:not([hidden])');
    expect(await shown('[data-item]')).toBe(theirs.length);
  });

  test('offer strangers no choice of one, and no length of a piece of which they read the beginning', async () => {
    const read = async (address: string) => (await fetch(host.at(address))).text();
    const begun = content.entries.filter(({ publicHtml }) => publicHtml !== undefined);
    const readable = [...begun, ...content.entries.filter(({ access }) => access === 'public')];
    expect(readable.filter(({ form }) => form === 'breakdowns')).toHaveLength(1);
    expect(await read('/breakdowns/')).not.toContain('<select');
    expect(readable.filter(({ form }) => form === 'teardowns')).toEqual([]);
    expect(await read('/teardowns/')).not.toContain('/compare/');
    for (const { address } of begun) expect(await read(address)).not.toMatch(/约 \d+ 分钟读完/);
  });

  test('fold the chapters of a breakdown, and unfold the one that a link leads to', async () => {
    const entry = content.entries.find(({ form, access }) => form === 'breakdowns' && access === 'members')!;
    const chapter = entry.parts.find(({ component }) => component === 'Chapter') as { id: string };
    await open(entry.address);
    await visitor.click('fold-all:not([hidden]) button');
    expect(await shown('details.chapter[open]')).toBe(0);
    await visitor.evaluate((id) => void (location.hash = id), chapter.id);
    await visitor.see(`details.chapter[open] #${chapter.id}`);
    expect(await shown('details.chapter[open]')).toBe(1);
  });

  test('compare the cases that the address names', async () => {
    const [, one, two] = content.entries.filter(({ form }) => form === 'teardowns');
    await open(`/compare/?case=${one!.slug}&case=${two!.slug}`);
    await visitor.see('case-table fieldset:not([hidden])');
    const columns = await visitor.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('thead [data-case]:not([hidden])')].map(
          ({ dataset }) => dataset.case,
        ),
      null,
    );
    expect(columns.sort()).toEqual([one!.slug, two!.slug].sort());
    expect(await shown('.frame > table > tbody > tr')).toBe(8);
  });

  test('show in a digest what was new in its week, and in the same week of earlier years', async () => {
    const digest = content.entries.find(
      (entry) => entry.form === 'digests' && entry.data.week === '2026-W47',
    )!;
    const earlier = content.entries.find(
      (entry) => entry.form === 'digests' && entry.data.week === '2025-W47',
    )!;
    await open(digest.address);
    const news = await visitor.text('.news');
    expect(news).toContain(content.entries.find(({ date }) => date === '2026-11-17')!.title);
    expect(news).toContain(earlier.title);
  });

  test('offer on the home page to go on where the reader stopped', async () => {
    const entry = content.entries.find(({ form }) => form === 'discussions')!;
    const log = {
      format: 'jinghua-mine',
      version: 1,
      pieces: {
        [`discussions/${entry.slug}`]: {
          title: entry.title,
          opened: 1,
          place: { share: 0.4, id: '' },
          highlights: [],
        },
      },
      days: [],
    };
    await visitor.evaluate((json) => localStorage.setItem('jinghua /repo/ mine', json), JSON.stringify(log));
    await open('/');
    await visitor.see(`mine-continue a[href$="${entry.address}"]`);
    expect(await visitor.text('mine-continue')).toContain(entry.title);
    expect(await visitor.text('mine-continue [data-label]')).toBe('接着读');
  });

  test('offer to go on listening to a talk that was last heard', async () => {
    const talk = content.entries.find(({ audio, access }) => audio && access === 'members')!;
    const piece = { title: talk.title, opened: 1, highlights: [] };
    const id = `talks/${talk.slug}`;
    const stored = {
      mine: { format: 'jinghua-mine', version: 1, pieces: { [id]: piece }, days: [] },
      listening: { [id]: { at: 67, of: 300, when: 2 } },
    };
    await visitor.evaluate((all) => {
      for (const [name, value] of Object.entries(all))
        localStorage.setItem(`jinghua /repo/ ${name}`, JSON.stringify(value));
    }, stored);
    await open('/');
    await visitor.see(`mine-continue a[href$="${talk.address}#t=67"]`);
    expect(await visitor.text('mine-continue [data-label]')).toBe('接着听');
    expect(await visitor.text('mine-continue [data-note]')).toBe('听到 1:07');
  });
});
