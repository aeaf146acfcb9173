import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { formatTime } from '../../src/model/time.ts';
import { keptUp } from '../lib/kept.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { lacks, newVisitor, patience, type Visitor } from '../lib/visitor.ts';

// tests/proof shows for the whole site that no altered byte opens; this shows what a person at a browser sees.

/** Bytes of a sealed segment: 64 KiB and an authentication tag. */
const segmentSize = 64 * 1024 + 16;
const html = { type: 'text/html', bytes: Buffer.from('<!doctype html><p>Welcome to our host!') };

describe.each(modesOnOneBase)('a host that lies $name', ({ base, visitor: options, isInPlace }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let talk: Entry;
  /** The true segments, in the order of the requests. */
  const segments: Uint8Array[] = [];
  const inPieces = describe.skipIf(lacks(isInPlace ? 'pieces in place' : 'pieces from the worker'));

  beforeAll(async () => {
    host = await serveSample(base);
    // The browser may also cache lies for ever.
    host.sayForGood();
    const { entries } = await sampleContent(base);
    talk = entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    visitor = await newVisitor(options);
    await visitor.open(`${host.url}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"]');
    if (!isInPlace) await keptUp(visitor, `${base}/`);
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  test.skipIf(isInPlace).each([
    ['a page', html],
    ['the beginning of them', { type: 'text/javascript', bytes: Buffer.from('const a=') }],
  ])('about scripts by %s does no harm once it tells the truth', async (_, lie) => {
    await visitor.evaluate((name) => caches.delete(name), `gate ${base}/ theme`);
    const lied: string[] = [];
    host.lie((_, url) => {
      if (!/\/a\/[^/]+\.js$/.test(url)) return null;
      lied.push(url);
      return lie;
    });
    await visitor.open(host.at(talk.address));
    await visitor.see('html[data-access="open"] article[data-entry]');
    await vi.waitFor(() => expect(lied.length).toBeGreaterThan(0), patience);
    expect(await visitor.evaluate(() => 'listening' in document.documentElement.dataset, null)).toBe(false);

    host.lie();
    await visitor.reload();
    await visitor.see('html[data-access="open"][data-listening]');
  });

  test.runIf(isInPlace)('about the code that opens a page is called out of reach', async () => {
    host.lie((_, url) => (url.includes('/a/open.') ? html : null));
    const newcomer = await newVisitor(options);
    await newcomer.open(`${host.url}#key=${await tokenOf('anna')}`);
    expect(await newcomer.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    host.lie();
    await newcomer.click('[role="alert"] [data-retry]');
    await newcomer.see('html[data-access="open"]');
    await newcomer.close();
  });

  /** Seeks to a fraction of the recording and calls play(). Returns the second. */
  function begin(share: number): Promise<number> {
    return visitor.evaluate(async (fraction) => {
      const audio = document.querySelector('audio')!;
      audio.muted = true;
      while (audio.readyState === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      audio.currentTime = audio.duration * fraction;
      // The outcome is checked later.
      audio.play().catch(() => undefined);
      return audio.currentTime;
    }, share);
  }

  /**
   * Waits until the recording has played on from `second`, pressing play whenever an error has stopped it, and pauses
   * it.
   */
  function playOn(second: number): Promise<void> {
    return visitor.evaluate(async (from) => {
      const audio = document.querySelector('audio')!;
      while (audio.seeking || audio.currentTime <= from + 0.1) {
        if (audio.error) document.querySelector<HTMLElement>('talk-player [data-play]')!.click();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      audio.pause();
    }, second);
  }

  inPieces('about the segments of a recording', () => {
    beforeAll(async () => {
      host.lie((truth) => {
        if (truth.length === segmentSize) segments.push(truth);
        return null;
      });
      await visitor.open(host.at(talk.address));
      await visitor.see('html[data-access="open"][data-listening]');
      await playOn(await begin(0));
    });

    const falsehoods: [string, number, (truth: Uint8Array) => { type: string; bytes: Uint8Array }][] = [
      ['cut', 0.3, (truth) => asBytes(truth.subarray(0, -1))],
      ['empty', 0.4, () => asBytes(new Uint8Array())],
      ['extended', 0.5, (truth) => asBytes(Buffer.concat([truth, Buffer.of(0)]))],
      ['altered in one bit', 0.6, alterBit],
      [
        'another segment',
        0.7,
        (truth) => asBytes(segments.find((other) => !Buffer.from(truth).equals(other))!),
      ],
      ['a page of the host', 0.8, () => html],
    ];

    test.each(falsehoods)(
      '%s: nothing false plays, and playing goes on once the host tells the truth',
      async (_, share, falsify) => {
        let lies = 0;
        host.lie((truth) => {
          if (truth.length !== segmentSize) return null;
          lies += 1;
          return falsify(truth);
        });
        const second = await begin(share);
        // It asks once more, bypassing the browser's cache.
        await vi.waitFor(() => expect(lies).toBeGreaterThan(1), patience);
        // A browser that gets a stream from the worker repeats the request by itself for a while.
        const stopped = ':not([data-playing])';
        await visitor.see(`talk-player${isInPlace ? stopped : `:is([data-waiting], ${stopped})`}`);
        const { time, isThere, hasStopped, failed } = await visitor.evaluate(() => {
          const audio = document.querySelector('audio')!;
          const { buffered, currentTime, error } = audio;
          const ranges = Array.from(
            { length: buffered.length },
            (_, i) => [buffered.start(i), buffered.end(i)] as const,
          );
          return {
            time: currentTime,
            isThere: ranges.some(([start, end]) => start <= currentTime && currentTime < end),
            hasStopped: error !== null,
            failed: document.querySelector<HTMLElement>('talk-player')!.dataset.failed!,
          };
        }, null);
        expect({ time, isThere }).toEqual({ time: second, isThere: false });

        host.lie();
        // The error is told a moment after the recording has it.
        if (hasStopped)
          await vi.waitFor(
            async () => expect(await visitor.text('[data-current-chapter]')).toBe(failed),
            patience,
          );
        await playOn(second);
      },
    );
  });

  test.skipIf(!isInPlace && lacks('loads before its recording'))(
    'about a whole recording: nothing false plays, and playing starts at the named second once the host tells the truth',
    async () => {
      const { t: second } = talk.lines[20]!;
      let lies = 0;
      host.lie((truth) => {
        if (truth.length !== segmentSize) return null;
        lies += 1;
        return alterBit(truth);
      });
      // A browser that has none of it yet.
      const newcomer = await newVisitor(options);
      await newcomer.open(`${host.url}#key=${await tokenOf('anna')}`);
      await newcomer.see('html[data-access="open"]');
      await newcomer.open(host.at(`${talk.address}#t=${second}`));
      await newcomer.see('html[data-access="open"][data-listening]');
      await newcomer.click('talk-player [data-play]');
      const failed = await newcomer.attribute('talk-player', 'data-failed');
      // It may have failed before the tap already, and then says so until the tap has begun it again.
      const state = () =>
        newcomer.evaluate(() => {
          const { paused, buffered } = document.querySelector('audio')!;
          const notice = document.querySelector('talk-player [data-current-chapter]')!.textContent;
          return { notice, isPaused: paused, pieces: buffered.length };
        }, null);
      await vi.waitFor(
        async () => expect(await state()).toEqual({ notice: failed, isPaused: true, pieces: 0 }),
        patience,
      );
      expect(lies).toBeGreaterThan(1);
      expect(await newcomer.text('[data-elapsed]')).toBe(formatTime(second));

      host.lie();
      // Tapped and waited for in the page: by the time the driver asks again, the recording may be far beyond.
      const time = await newcomer.evaluate(async (from) => {
        document.querySelector<HTMLElement>('talk-player [data-play]')!.click();
        const audio = document.querySelector('audio')!;
        while (!(audio.currentTime > from)) await new Promise((resolve) => setTimeout(resolve, 50));
        return audio.currentTime;
      }, second);
      expect(time).toBeLessThan(second + 2);
      await newcomer.close();
    },
  );
});

function alterBit(truth: Uint8Array) {
  return asBytes(truth.map((byte, at) => (at === 30_000 ? byte ^ 1 : byte)));
}

function asBytes(bytes: Uint8Array) {
  return { type: 'application/octet-stream', bytes };
}
