import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { texts } from '../../src/i18n/index.ts';
import { FORMS, SITE_PAGES } from '../../src/model/form.ts';
import type { Content } from '../../src/markdown/content.ts';
import { reminded } from '../lib/kept.ts';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import { modes } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { lacks, patience, type Visitor } from '../lib/visitor.ts';

describe.each(modes)('a member $name', ({ base, visitor: options, isInPlace }) => {
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

  test.each(FORMS)('opens an entry of %s', async (form) => {
    const entry = content.entries.find(
      (candidate) => candidate.form === form && candidate.access === 'members',
    )!;
    await visitor.open(host.at(entry.address));
    await visitor.see(`html[data-access="open"] article[data-entry="${form}/${entry.slug}"]`);
    expect(await visitor.text('article[data-entry] h1')).toBe(entry.title);
    expect(await visitor.attribute('html', 'data-in-place')).toBe(isInPlace ? 'stored' : null);
  });

  test.each([...SITE_PAGES, '/weeks/2026-W47/'])('opens the page %s', async (address) => {
    await visitor.open(host.at(address));
    await visitor.see('html[data-access="open"] main h1');
  });

  test('is taken from the old address of a piece to the same place at its new one', async () => {
    const entry = content.entries.find(({ form, data }) => form === 'notes' && data.aliases.length > 0)!;
    const { form, slug, headings, data } = entry;
    const heading = headings.at(-1)!.id;
    await visitor.open(host.at(`/${form}/${data.aliases[0]!}/#${encodeURIComponent(heading)}`));
    await visitor.see(`html[data-access="open"] article[data-entry="${form}/${slug}"]`);
    expect(await visitor.evaluate(() => decodeURIComponent(location.pathname + location.hash), null)).toBe(
      `${base}${entry.address}#${heading}`,
    );
  });

  test('sees images', async () => {
    const entry = content.entries.find(({ html, access }) => access === 'members' && html.includes('<img'))!;
    await visitor.open(host.at(entry.address));
    await visitor.see('html[data-access="open"] article[data-entry] img');
    const width = await visitor.evaluate(async () => {
      const image = document.querySelector<HTMLImageElement>('article[data-entry] img')!;
      image.scrollIntoView();
      while (image.naturalWidth === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      return image.naturalWidth;
    }, null);
    expect(width).toBeGreaterThan(100);
  });

  test('saves an attachment under its own name', async () => {
    const entry = content.entries.find(
      ({ html, access }) => access === 'members' && html.includes('class="attachment"'),
    )!;
    await visitor.open(host.at(entry.address));
    const { name, text } = await visitor.save('.attachment a');
    expect(name).toMatch(/\.csv$/);
    expect(text).toContain(',');
  });

  /**
   * Returns the scripts and style sheets that a page loads, with their text. Excludes files that it fetches to store,
   * and the worker, which some browsers include.
   */
  const asked = async () => {
    await loaded(visitor);
    const urls = await visitor.evaluate(() => {
      const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return resources
        .filter(({ name, initiatorType }) => initiatorType !== 'fetch' && /(?<!\/sw)\.(js|css)$/.test(name))
        .map(({ name }) => name);
    }, null);
    return Promise.all([...new Set(urls)].map(async (url) => (await fetch(url)).text()));
  };

  test('loads less than 60 KB for a page of text, and the player only where there is something to play', async () => {
    const [entry] = content.entries
      .filter(({ access, form }) => access === 'members' && form !== 'talks' && form !== 'people')
      .sort((a, b) => Math.abs(a.text.length - 2000) - Math.abs(b.text.length - 2000));
    // As the first page of a day, which also looks for a reminder.
    await visitor.evaluate((key) => localStorage.removeItem(key), `jinghua ${base}/ reminded`);
    await visitor.open(host.at(entry!.address));
    await visitor.see('html[data-access="open"] article[data-entry]');
    await reminded(visitor, `${base}/`);
    const files = await asked();
    const size = files.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
    expect(size).toBeGreaterThan(10 * 1024);
    expect(size).toBeLessThan(60 * 1024);
    const plays = (text: string) => text.includes('talk-player') && text.includes('mediaSession');
    expect(files.some(plays)).toBe(false);
    const talk = content.entries.find(
      ({ form, access, ...rest }) =>
        form === 'talks' && access === 'members' && 'audio' in rest && rest.audio,
    )!;
    await visitor.open(host.at(talk.address));
    await visitor.see('html[data-access="open"] article[data-entry]');
    await vi.waitFor(async () => expect((await asked()).some(plays)).toBe(true), patience);
  });

  test('sees the not-found page at an address that does not exist', async () => {
    await visitor.open(host.at('/talks/there-is-no-such-talk/'));
    await visitor.see('html[data-access="open"] main h1');
    expect(await visitor.text('main h1')).toBe(texts.notFound.title);
    expect(await visitor.text('main')).not.toContain('kb_');
  });

  test('finds a phrase from the middle of a transcript', async () => {
    const talk = content.entries.find(({ lines, access }) => access === 'members' && lines.length > 10)!;
    const line = talk.lines[Math.floor(talk.lines.length / 2)]!;
    const phrase = /[\p{Script=Han}]{6,}/u.exec(line.text)![0];
    await visitor.open(host.at(`/search/?q=${encodeURIComponent(phrase)}`));
    await visitor.see('html[data-access="open"] [data-search-state="done"]');
    await visitor.see(`ol[data-search-results] > li[data-entry="talks/${talk.slug}"]`);
    await visitor.click(`ol[data-search-results] > li[data-entry="talks/${talk.slug}"] a`);
    await visitor.see(`article[data-entry="talks/${talk.slug}"]`);
  });

  test.skipIf(lacks('complaints'))('is shown no page that breaks the policy', () => {
    expect(visitor.complaints().filter((text) => !text.includes('404'))).toEqual([]);
  });
});
