import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../scripts/lib/settings.ts';
import type { Content, Entry } from '../../src/markdown/content.ts';
import { FORMS } from '../../src/model/form.ts';
import { formatTime } from '../../src/model/time.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import { seeded } from '../lib/random.ts';
import { heardSecond } from '../lib/recording.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { openSearch } from '../lib/search.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, patience, type Visitor } from '../lib/visitor.ts';
import { linesOf, plain } from '../search/lines.ts';

/** Mark of an entry → its lines. Only read in the first mode, because that takes longer than all searches of a mode. */
const texts = new Map<string, string[]>();

/** Whether nothing covers an element, from top to bottom. Runs in the page. */
function isFree(selector: string): boolean {
  const element = document.querySelector(selector)!;
  const { x, width, top, bottom } = element.getBoundingClientRect();
  return [top + 3, bottom - 3].every((y) => element.contains(document.elementFromPoint(x + width / 2, y)));
}

describe.each(modesOnOneBase)('search $name', ({ base, visitor: options, isInPlace }) => {
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

  /** Searches on the open search page without reloading, and returns the marks of the results in order. */
  function search(query: string): Promise<string[]> {
    return visitor.evaluate(async (text) => {
      const element = document.querySelector<HTMLElement>('[data-search-state]')!;
      await new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (element.dataset.searchState === 'done') resolve();
        });
        observer.observe(element, { attributeFilter: ['data-search-state'] });
        history.replaceState(null, '', `?q=${encodeURIComponent(text)}`);
        dispatchEvent(new PopStateEvent('popstate'));
      });
      const items = element.querySelectorAll<HTMLElement>('ol[data-search-results] > li');
      return Array.from(items, ({ dataset }) => dataset.entry!);
    }, query);
  }

  test('any run of 2 to 12 characters finds the entries that contain it, and no others', async () => {
    const folded = new Map<string, string[]>();
    const again = new Set(FORMS);
    for (const entry of content.entries) {
      const mark = entry.address.slice(1, -1);
      if (!texts.has(mark)) texts.set(mark, await linesOf(visitor, host.at(entry.address)));
      // A page's content is the same in every mode; one of each form is enough to show it.
      else if (again.delete(entry.form))
        expect(await linesOf(visitor, host.at(entry.address))).toEqual(texts.get(mark));
      // Aliases of its topics find an entry too.
      const topics = entry.form === 'people' ? [] : entry.data.topics;
      const names = topics.flatMap((id) => content.topics.get(id)?.aliases ?? []);
      folded.set(mark, [...texts.get(mark)!, ...names].map(plain));
    }
    const entries = [...texts.keys()];
    // Different queries in each mode, because results don't depend on how a page was opened.
    const random = seeded(isInPlace ? 2027 : 2026);
    await openSearch(visitor, host);

    const wrong: string[] = [];
    for (let tried = 0; tried < 200;) {
      const lines = texts.get(entries[random(entries.length)]!)!;
      const characters = Array.from(lines[random(lines.length)]!);
      const length = 2 + random(11);
      const start = random(characters.length);
      const run = characters.slice(start, start + length).join('');
      // Quotation marks around a query mean a phrase, and blanks at its ends are trimmed.
      const isQuoted = run.includes('"') || /^“.*”$/.test(run);
      if (start + length > characters.length || run !== run.trim() || isQuoted || plain(run) === '') continue;
      // Safari allows a page to change its address 100 times in ten seconds, and every search does.
      if (tried++ % 80 === 79) await openSearch(visitor, host);
      const holding = entries.filter((entry) => folded.get(entry)!.some((line) => line.includes(plain(run))));
      const found = await search(/\s/.test(run) ? `"${run}"` : run);
      if (found.toSorted().join() !== holding.toSorted().join()) wrong.push(`${run}: ${found.join(' ')}`);
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  describe('the entry that must come first', () => {
    const file = join(projectRoot, 'tests/search/queries.yaml');
    const kinds = parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;

    test.each(Object.keys(kinds))('%s', async (kind) => {
      await openSearch(visitor, host);
      const firsts: Record<string, string | undefined> = {};
      for (const query of Object.keys(kinds[kind]!)) {
        const [first] = await search(query);
        firsts[query] = content.entries.find(({ address }) => address === `/${first ?? ''}/`)?.id;
      }
      expect(firsts).toEqual(kinds[kind]);
    });
  });

  test('a title breaks between words, and a heading with nothing below it is shown once', async () => {
    const { title } = content.entries.find((entry) => /^\p{Script=Han}{10,}$/u.test(entry.title))!;
    await openSearch(visitor, host);
    await search(title);
    const shown = await visitor.evaluate((link) => document.querySelector(link)!.innerHTML, '.search-title');
    expect(shown.replace(/<[^>]+>/g, '')).toBe(title);
    expect(shown).toContain('<wbr>');

    // The days of a digest contain picks with headings of their own.
    await search('星期一');
    const hits = await visitor.evaluate(
      (links) =>
        [...document.querySelectorAll(links)].map((hit) =>
          [...hit.querySelectorAll('span')].map(({ textContent }) => textContent),
        ),
      '.search-hits a',
    );
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.filter(([place, excerpt]) => place === excerpt)).toEqual([]);
  });

  test('a hit in a talk plays from its sentence, with marks that can be cleared', async () => {
    const talk = content.entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    const lines = talk.lines.slice(talk.lines.length / 2, -1);
    const line = lines.find(({ text }) => /\p{Script=Han}{8}/u.test(text))!;
    const phrase = /\p{Script=Han}{8,}/u.exec(line.text)![0];
    await visitor.open(host.at(`/search/?q=${encodeURIComponent(phrase)}`));
    await visitor.see(`li[data-entry="talks/${talk.slug}"] li[data-start="${line.t}"] mark`);
    await visitor.click(`li[data-entry="talks/${talk.slug}"] li[data-start="${line.t}"] a`);
    await visitor.see(`article[data-entry="talks/${talk.slug}"] [data-start="${line.t}"] [data-search-mark]`);
    await visitor.see('talk-player[data-playing]');
    const second = await heardSecond(visitor);
    expect(second).toBeGreaterThanOrEqual(line.t);
    expect(second).toBeLessThan(talk.lines[talk.lines.indexOf(line) + 1]!.t);
    expect(await visitor.address()).toMatch(new RegExp(`#t=${line.t}$`));
    expect(await visitor.text('[data-search-mark][aria-current]')).toBe(phrase);

    await visitor.click('talk-player [data-panel]');
    expect(await visitor.evaluate(isFree, 'button[data-play]')).toBe(true);
    await visitor.click('talk-player [data-panel]');

    await visitor.click('.search-highlight .search-clear');
    expect(await visitor.evaluate(() => document.querySelector('[data-search-mark]'), null)).toBeNull();
    expect(await visitor.address()).not.toContain('?q=');
  });

  test('a number in the time of a line is marked in front of the line, and is in no key quote', async () => {
    const talk = content.entries.find(
      ({ html }) => html.includes('class="quote-time"') && html.includes('class="line-time"'),
    )!;
    const [, second] = /class="quote"[^>]* data-from="(\d+)"/.exec(talk.html)!;
    const time = formatTime(Number(second));
    await openSearch(visitor, host);
    await search(time);
    const result = `li[data-entry="${talk.form}/${talk.slug}"]`;
    await visitor.see(`${result} [data-start="${second}"] .search-time mark`);
    expect(await visitor.text(`${result} [data-start="${second}"] .search-time mark`)).toBe(time);
    const places = await visitor.evaluate(
      (hits) => [...document.querySelectorAll<HTMLElement>(hits)].map(({ dataset }) => dataset.place),
      `${result} .search-hits > li`,
    );
    expect(places).not.toContain('quote');
  });

  test('a result of two words leads to the line that it shows, not to the first of the words', async () => {
    await openSearch(visitor, host);
    await search('咖啡店 老马');
    const result = 'ol[data-search-results] > li:first-child';
    await visitor.see(`${result} .search-excerpt mark`);
    const shown = await visitor.text(`${result} .search-excerpt`);
    await visitor.click(`${result} .search-hits a`);
    await visitor.see('article[data-entry] [data-search-mark][aria-current]');
    const line = await visitor.evaluate(
      () => document.querySelector('[data-search-mark][aria-current]')!.closest('p')!.textContent,
      null,
    );
    expect(line).toContain(shown.replaceAll('…', ''));
  });

  test('the words of a search that quotation marks keep apart are shown without them', async () => {
    const camp = content.entries.find(({ id }) => id === 'teardowns/checkin-camp')!;
    await openSearch(visitor, host);
    await search('打卡 21 天');
    await visitor.see(`li[data-entry="teardowns/${camp.slug}"] .search-hits a`);
    await visitor.click(`li[data-entry="teardowns/${camp.slug}"] .search-hits a`);
    await visitor.see('article[data-entry] [data-search-mark][aria-current]');
    expect(await visitor.text('.search-words')).toBe('打卡 21天');
  });

  test('an image whose alt text matches is marked, and the mark can be cleared', async () => {
    const [image] = content.entries.flatMap(({ html, address }) => {
      const alt = /<img[^>]* alt="(\p{Script=Han}{4,})/u.exec(html)?.[1];
      return alt ? [{ alt, address }] : [];
    });
    await visitor.open(`${host.at(image!.address)}?q=${encodeURIComponent(image!.alt)}`);
    await visitor.see('article[data-entry] img[data-search-mark][aria-current]');
    expect(await visitor.attribute('img[data-search-mark]', 'alt')).toContain(image!.alt);
    await visitor.click('.search-highlight .search-clear');
    expect(await visitor.evaluate(() => document.querySelectorAll('[data-search-mark]').length, null)).toBe(
      0,
    );
    await visitor.see('article[data-entry] img');
  });

  test('a link to a place without a match starts at the first mark', async () => {
    const talk = content.entries.find(
      (entry): entry is Entry<'talks'> =>
        entry.form === 'talks' && entry.access === 'members' && entry.audio !== undefined,
    )!;
    const last = talk.lines.at(-1)!;
    // The name of a topic is also at the bottom of the page, after all of the text.
    const name = talk.data.topics
      .map((id) => content.topics.get(id)!.name)
      .find((topic) => talk.text.includes(topic) && !last.text.includes(topic))!;
    await visitor.open(`${host.at(talk.address)}?q=${encodeURIComponent(name)}#t=${last.t}`);
    await visitor.see('[data-topics] [data-search-mark]');
    const marks = await visitor.evaluate(
      () =>
        Array.from(
          document.querySelectorAll('[data-search-mark]'),
          (mark) => mark.getAttribute('aria-current') === 'true',
        ),
      null,
    );
    expect(marks.indexOf(true)).toBe(0);
    expect(marks.length).toBeGreaterThan(1);
  });

  test.skipIf(lacks('early scripts'))(
    'a talk waits at the sentence and asks for a tap when the browser refuses to play by itself',
    async () => {
      const talk = content.entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
      const { t } = talk.lines[Math.floor(talk.lines.length / 2)]!;
      const careful = await newVisitor({
        ...options,
        // Imitates web views, which only play after a tap: playback that a page starts by itself is refused.
        without: () => {
          let hasBegun = false;
          const { play } = HTMLMediaElement.prototype as { play: (this: HTMLMediaElement) => Promise<void> };
          HTMLMediaElement.prototype.play = function () {
            if (hasBegun) return play.call(this);
            hasBegun = true;
            return Promise.reject(new DOMException('Unasked.', 'NotAllowedError'));
          };
        },
      });
      try {
        await openSearch(careful, host, await tokenOf('anna'));
        await careful.open(`${host.at(talk.address)}#t=${t}&play=${t + 2}`);
        await careful.see('html[data-access="open"] talk-player[data-asking]');
        const from = `点按播放 从 ${formatTime(t + 2)} 开始`;
        await vi.waitFor(async () => {
          expect(await careful.attribute('talk-player [data-play]', 'aria-label')).toBe(from);
          expect(await careful.text('talk-player [role="status"]')).toBe(from);
        }, patience);

        const second = await heardSecond(careful, 'talk-player [data-play]');
        await careful.see('talk-player[data-playing]:not([data-asking])');
        expect(second).toBeGreaterThanOrEqual(t + 2);
        expect(second).toBeLessThan(t + 4);
      } finally {
        await careful.close();
      }
    },
  );
});
