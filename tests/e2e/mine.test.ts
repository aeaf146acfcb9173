import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { fillLocal } from '../lib/kept.ts';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { lacks, patience, type Visitor } from '../lib/visitor.ts';

const KEY = 'jinghua /repo/ mine';
/** The fields of a piece that reading sets. */
const BY_READING = ['opened', 'place', 'finished'];

describe.each(modesOnOneBase)('a reader’s own marks $name', ({ base, visitor: options }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let piece: Content['entries'][number];

  beforeAll(async () => {
    host = await serveSample(base);
    const content = await sampleContent(base);
    piece = content.entries.find(
      ({ html, form, access }) =>
        form === 'discussions' && access === 'members' && html.includes('task-list'),
    )!;
    visitor = await newMember(host.url, options);
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const stored = () => visitor.evaluate((key) => localStorage.getItem(key), KEY);
  /** Returns the stored log without what reading adds to a piece by itself once it was in view for a while. */
  const storedByHand = async () =>
    JSON.parse((await stored())!, (name, value: unknown) =>
      BY_READING.includes(name) ? undefined : value,
    ) as unknown;
  const openPiece = async () => {
    await visitor.open(host.at(piece.address));
    await visitor.see('mine-marks:not([hidden])');
    // The scripts for boxes, highlights and reading come later.
    await loaded(visitor);
  };

  /** Selects the first words of a paragraph, like a finger or mouse. */
  const select = (number = 1) =>
    visitor.evaluate((at) => {
      const paragraph = document.querySelectorAll('article[data-entry] .text .voice p')[at]!;
      const text = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode()!;
      getSelection()!.setBaseAndExtent(text, 0, text, 6);
      return text.textContent!.slice(0, 6);
    }, number);

  /** Chooses a file on the page, as a reader would from their device, and returns the page's message. */
  const choose = (text: string) =>
    visitor.evaluate(async (content) => {
      const said = document.querySelector('[data-part=said]')!;
      said.textContent = '';
      const chosen = new DataTransfer();
      chosen.items.add(new File([content], 'mine.json', { type: 'application/json' }));
      const input = document.querySelector<HTMLInputElement>('mine-page input[type=file]')!;
      input.files = chosen.files;
      input.dispatchEvent(new Event('change'));
      while (said.textContent === '') await new Promise((resolve) => setTimeout(resolve, 20));
      return said.textContent;
    }, text);

  test('remember a saved piece until that is undone', async () => {
    await openPiece();
    await visitor.click('mine-marks [data-state=saved]');
    await visitor.see('mine-marks [data-state=saved][aria-pressed=true]');
    await openPiece();
    await visitor.see('mine-marks [data-state=saved][aria-pressed=true]');
    await visitor.click('mine-marks [data-state=saved]');
    await visitor.see('mine-marks [data-state=saved][aria-pressed=false]');
    await visitor.click('mine-marks [data-state=practised]');
    await visitor.see('mine-marks [data-state=practised][aria-pressed=true]');
  });

  test('remember ticked tasks', async () => {
    await visitor.click('.task-list-item input');
    await openPiece();
    expect(
      await visitor.evaluate(() => document.querySelectorAll('.task-list-item :checked').length, null),
    ).toBe(1);
  });

  test('keep their bar next to the selected words while the page scrolls', async () => {
    await select();
    await visitor.see('mine-highlights .bar .write');
    /**
     * Returns the distance between the bottom of the words and the bar, which stays at the edge of the screen if there
     * is no mouse.
     */
    const gap = () =>
      visitor.evaluate(() => {
        const words = getSelection()!.getRangeAt(0).getBoundingClientRect();
        const bar = document.querySelector('mine-highlights .bar')!.getBoundingClientRect();
        return matchMedia('(pointer: fine)').matches ? Math.round(bar.top - words.bottom) : 8;
      }, null);
    for (const block of ['center', 'start'] as const) {
      await visitor.evaluate((where) => {
        const words = getSelection()!.anchorNode!.parentElement!;
        words.scrollIntoView({ block: where, behavior: 'instant' });
      }, block);
      await vi.waitFor(async () => expect(await gap()).toBe(8), patience);
    }
  });

  test('refuse a passage that is too long, and keep what there is', async () => {
    await openPiece();
    await visitor.evaluate(() => {
      const text = document.querySelector('article[data-entry] .text')!;
      // As long as the longest talks.
      for (let at = 0; at < 100; at++)
        text.append(document.createElement('p'), '一段很长的记录。'.repeat(20));
      getSelection()!.selectAllChildren(text);
    }, null);
    const before = await storedByHand();
    await visitor.click('mine-highlights .bar .mark');
    expect(await visitor.text('mine-highlights .bar .limit')).toContain('4000');
    expect(await storedByHand()).toEqual(before);
    await select();
    await vi.waitFor(
      async () => expect(await visitor.text('mine-highlights .bar .limit')).toBe(''),
      patience,
    );
  });

  test('show marked words and their note again on the next visit', async () => {
    const words = await select();
    await visitor.click('mine-highlights .bar .write');
    await visitor.type('mine-highlights textarea', '下周三试一次');
    await visitor.click('mine-highlights dialog .button');
    await visitor.see('.text mark[data-highlight]');
    await openPiece();
    expect(await visitor.text('.text mark[data-highlight]')).toBe(words);
    expect(await visitor.attribute('.text .mine-note', 'aria-label')).toContain('下周三试一次');
  });

  test('keep a note that was being written when the page was left, but not one that was cancelled', async () => {
    const stays = (note: string) =>
      vi.waitFor(
        async () => expect(await visitor.attribute('.text .mine-note', 'title')).toBe(note),
        patience,
      );
    await visitor.click('.text .mine-note');
    await visitor.type('mine-highlights textarea', '下周三再试一次');
    await openPiece();
    await stays('下周三再试一次');
    await visitor.click('.text .mine-note');
    await visitor.type('mine-highlights textarea', '算了');
    await visitor.click('mine-highlights dialog .quiet-button');
    await stays('下周三再试一次');
    await visitor.click('.text .mine-note');
    await visitor.type('mine-highlights textarea', '下周三试一次');
    await visitor.press('Escape');
    await stays('下周三试一次');
  });

  test('list marked words that the piece no longer has, until these are removed', async () => {
    await openPiece();
    const before = await storedByHand();
    const lost = {
      id: 'lost',
      exact: '这句话后来被改掉了',
      prefix: '',
      suffix: '',
      note: '',
      made: 1,
      changed: 1,
    };
    await visitor.evaluate(
      ({ key, id, added }) => {
        const log = JSON.parse(localStorage.getItem(key)!) as {
          pieces: Record<string, { highlights: unknown[] }>;
        };
        log.pieces[id]!.highlights.push(added);
        localStorage.setItem(key, JSON.stringify(log));
      },
      { key: KEY, id: `${piece.form}/${piece.slug}`, added: lost },
    );
    await openPiece();
    await visitor.see('mine-highlights .lost:not([hidden])');
    expect(await visitor.text('mine-highlights .lost summary')).toContain('1');
    expect(await visitor.evaluate(() => document.querySelector('.lost blockquote')!.textContent, null)).toBe(
      lost.exact,
    );
    expect(await stored()).toContain(lost.exact);
    // Highlights whose text is still there are shown as before.
    await visitor.see('.text mark[data-highlight]');
    await visitor.click('mine-highlights .lost summary');
    await visitor.click('mine-highlights .lost .text-button');
    expect(await storedByHand()).toEqual(before);
  });

  test('remember how far a piece was read, whether to its end, and only after it was in view for a while', async () => {
    await openPiece();
    const read = await visitor.evaluate(
      ({ key, id, byReading }) => {
        // A clock that can be advanced, and a tab that can be hidden.
        const clock = performance.now.bind(performance);
        let later = 0;
        performance.now = () => clock() + later;
        const turn = (state: DocumentVisibilityState) => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
          document.dispatchEvent(new Event('visibilitychange'));
        };
        const log = () =>
          JSON.parse(localStorage.getItem(key)!) as { pieces: Record<string, object>; days: string[] };
        const { pieces, days: daysBefore } = log();
        // On a slow machine, the tests before may have had it in view for long enough.
        const unread = Object.entries(pieces[id]!).filter(([name]) => !byReading.includes(name));
        pieces[id] = Object.fromEntries(unread);
        localStorage.setItem(key, JSON.stringify({ ...log(), pieces, days: [] }));
        scrollTo({ top: document.body.scrollHeight, behavior: 'instant' });
        // A new element counts from zero; how long this page has been open already depends on the machine.
        const watch = document.querySelector('mine-reading')!;
        watch.replaceWith(watch.cloneNode());

        turn('hidden');
        later += 60 * 60_000;
        turn('visible');
        turn('hidden');
        const unseen = log();

        turn('visible');
        later += 15_000;
        turn('hidden');
        const glanced = log();

        turn('visible');
        later += 15_000;
        turn('hidden');
        const seen = log();
        localStorage.setItem(key, JSON.stringify({ ...seen, days: daysBefore }));
        return { unseen: unseen.pieces[id], glanced: glanced.pieces[id], days: [glanced.days, seen.days] };
      },
      { key: KEY, id: `${piece.form}/${piece.slug}`, byReading: BY_READING },
    );
    expect(read.unseen).not.toHaveProperty('opened');
    expect(read.glanced).toMatchObject({ title: piece.title, place: { share: 1 } });
    expect(read.glanced).toHaveProperty('finished');
    expect(read.days).toEqual([[], [expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]]);
  });

  test('are listed on a page of their own', async () => {
    await visitor.open(host.at('/mine/'));
    await visitor.see('mine-page:not([hidden])');
    expect(await visitor.text('[data-part=practised] li')).toContain(piece.title);
    // Its lines break between words, as those of every other list.
    const shown = await visitor.evaluate((row) => document.querySelector(row)!.innerHTML, '.lists li a');
    expect(shown).toContain('<wbr>');
    expect(await visitor.text('[data-part=highlights]')).toContain('下周三试一次');
    expect(await visitor.text('[data-part=streak]')).toContain('1');
    await visitor.click('[data-part=checkin] button');
    await visitor.see('[data-part=checkin] li[data-state=read]');
  });

  test('keep a mark with a note when its removal is not confirmed', async () => {
    await visitor.click('[data-part=highlights] figure .text-button');
    expect(await visitor.text('[data-part=highlights] figure .text-button')).toContain('再点一次');
    expect(await stored()).toContain('下周三试一次');
    // Doing something else cancels the question.
    await visitor.click('[data-part=copy]');
    expect(await visitor.text('[data-part=highlights] figure .text-button')).toBe('删掉划线');
    expect(await stored()).toContain('下周三试一次');
  });

  test('keep a line that is being written while another tab makes changes', async () => {
    await visitor.type('[data-part=checkin] input', '先写下名单');
    const other = await visitor.newTab();
    await other.open(host.at(piece.address));
    await other.click('mine-marks [data-state=saved]');
    await visitor.see('[data-part=saved] li');
    await other.click('mine-marks [data-state=practised]');
    await visitor.see('[data-part=practised] li');
    await other.close();
    await visitor.click('[data-part=checkin] [type=submit]');
    expect(await visitor.text('[data-part=checkin] [role=status]')).not.toBe('');
    expect(await stored()).toContain('先写下名单');
  });

  test('say at once that the device had no room for them', async () => {
    const empty = await fillLocal(visitor);
    try {
      await visitor.type('[data-part=checkin] input', '先写下名单，再一个一个问');
      await visitor.click('[data-part=checkin] [type=submit]');
      expect(await visitor.text('[data-part=checkin] [role=status]')).toContain('没能存下来');
      await openPiece();
      await visitor.click('.task-list-item:last-child input:not(:checked)');
      expect(await visitor.text('.task-list-item:has(:checked) .mine-unkept')).toContain('没能存下来');
      await select(2);
      await visitor.click('mine-highlights .bar .mark');
      expect(await visitor.text('mine-highlights dialog[open] [role=status]')).toContain('没能存下来');
      await visitor.click('mine-highlights dialog .quiet-button');
      await visitor.see('mine-highlights dialog:not([open])');
      await visitor.click('.text mark[data-highlight]');
      await visitor.type('mine-highlights textarea', '写了很久的一段笔记');
      await visitor.click('mine-highlights dialog .button');
      expect(await visitor.text('mine-highlights dialog[open] [role=status]')).toContain('没能存下来');
      await visitor.click('mine-highlights dialog .quiet-button');
      await visitor.see('mine-highlights dialog:not([open])');
    } finally {
      await empty();
      await visitor.open(host.at('/mine/'));
    }
  });

  test('can be saved to a file and restored from it', async () => {
    const { name, text } = await visitor.save('[data-part=save]');
    expect(name).toMatch(/^jinghua-mine-\d{4}-\d\d-\d\d\.json$/);
    expect(text).toBe(await stored());
    await visitor.click('[data-part=clear]');
    await visitor.click('[data-part=yes]');
    await visitor.see('mine-page[data-empty]');
    // The buttons that copy or clear what is kept are gone with it: the page has the focus.
    expect(await visitor.evaluate(() => document.activeElement!.localName, null)).toBe('main');
    await choose(text);
    await visitor.see('[data-part=practised]:not([hidden])');
    expect(await stored()).toBe(text);
  });

  test('are not changed by a forged file', async () => {
    const before = await stored();
    const hostile = { title: '<img src=x onerror=alert(1)>', highlights: [] };
    for (const id of ['javascript:alert(1)', 'talks/../../x']) {
      const file = { format: 'jinghua-mine', version: 1, pieces: { [id]: hostile }, days: [] };
      expect(await choose(JSON.stringify(file))).toContain('什么都没有动');
      expect(await stored()).toBe(before);
    }
    expect(await choose('{"format":"other"}')).toContain('什么都没有动');
  });

  test('show markup in a file as plain text', async () => {
    const title = '<b id="planted">篇</b>';
    const pieces = { 'notes/x': { title, state: 'saved', highlights: [] } };
    expect(await choose(JSON.stringify({ format: 'jinghua-mine', version: 1, pieces, days: [] }))).toContain(
      '1 篇',
    );
    expect(await visitor.text('[data-part=saved] li')).toContain(title);
    expect(await visitor.evaluate(() => document.querySelector('#planted'), null)).toBeNull();
  });

  test('are not overwritten when a later version has written them', async () => {
    const before = await stored();
    const keep = (text: string) =>
      visitor.evaluate(([key, value]) => localStorage.setItem(key!, value!), [KEY, text]);
    const later = '{"format":"jinghua-mine","version":2,"shelves":[]}';
    await keep(later);
    await openPiece();
    await visitor.click('mine-marks [data-state=saved]');
    await visitor.see('mine-marks [data-state=saved][aria-pressed=true]');
    expect(await visitor.text('mine-marks [role=status]')).toContain('没能存下来');
    expect(await stored()).toBe(later);
    await keep(before!);
  });

  test('are asked about before a log-out, which removes them', async () => {
    await visitor.open(host.at('/account/'));
    await visitor.click('log-out button');
    await visitor.click('mine-farewell [data-act=stay]');
    expect(await stored()).not.toBeNull();
    await visitor.click('log-out button');
    await visitor.click('mine-farewell [data-act=leave]');
    await visitor.see('html[data-access="locked"] gate-door[data-state="idle"]');
    expect(await stored()).toBeNull();
  });

  test.skipIf(lacks('complaints'))('do not break the policy', () => {
    const known = /404|^Error: Pagefind worker terminated/;
    expect(visitor.complaints().filter((text) => !known.test(text))).toEqual([]);
  });
});
