import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { keptUp } from '../lib/kept.ts';
import { modes } from '../lib/modes.ts';
import { standingSecond } from '../lib/recording.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { formatTime, parseTime } from '../../src/model/time.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

describe.each(modes)('a talk with audio $name', ({ base, visitor: options, isInPlace }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let talk: Entry;
  /** Whether the browser can load a recording in pieces. */
  let streams: boolean;

  beforeAll(async () => {
    host = await serveSample(base);
    const { entries } = await sampleContent(base);
    talk = entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    visitor = await newVisitor(options);
    await visitor.open(`${host.at(talk.address)}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"][data-listening] article[data-entry] audio');
    if (!isInPlace) await keptUp(visitor, `${base}/`);
    streams = await visitor.evaluate(
      () => 'MediaSource' in window && MediaSource.isTypeSupported('audio/mpeg'),
      null,
    );
    await loadWhole();
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  /**
   * Loads the whole recording: opened in place, a browser that can't load pieces needs a click for it on every page.
   */
  async function loadWhole(): Promise<void> {
    if (!isInPlace || streams) return;
    await visitor.click('talk-player [data-load]');
    await visitor.see('talk-player:not(:has([data-load]))');
  }

  /** Loads the metadata of the recording, muted. */
  function prepare(): Promise<void> {
    return visitor.evaluate(async () => {
      const audio = document.querySelector('audio')!;
      audio.muted = true;
      if (audio.readyState > 0) return;
      audio.load();
      await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
    }, null);
  }

  /**
   * Seeks to a fraction of the recording and waits until there is sound for that position. Returns the position in
   * seconds.
   */
  function seek(share: number): Promise<number> {
    return visitor.evaluate(async (fraction) => {
      const audio = document.querySelector('audio')!;
      const target = audio.duration * fraction;
      const isThere = new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
      audio.currentTime = target;
      await isThere;
      return target;
    }, share);
  }

  /** Plays until the time advances from `target`. Returns the time. */
  function playOn(target: number): Promise<number> {
    return visitor.evaluate(async (from) => {
      const audio = document.querySelector('audio')!;
      await audio.play();
      while (audio.seeking || audio.currentTime <= from + 0.1) {
        await new Promise((resolve) => audio.addEventListener('timeupdate', resolve, { once: true }));
      }
      return audio.currentTime;
    }, target);
  }

  test('plays', async () => {
    await prepare();
    expect(await playOn(0)).toBeGreaterThan(0);
  });

  test('jumps to 80 % and asks for at most three segments', async () => {
    host.requests.length = 0;
    const target = await seek(0.8);
    expect(host.requests.filter((url) => url.includes('/o/')).length).toBeLessThanOrEqual(3);
    expect(await playOn(target)).toBeGreaterThan(target);
  });

  test('is as long as its front matter says', async () => {
    const duration = await visitor.evaluate(async (end) => {
      const audio = document.querySelector('audio')!;
      // Some players first guess the duration.
      while (!(audio.duration > end)) await new Promise((resolve) => setTimeout(resolve, 50));
      return audio.duration;
    }, talk.lines.at(-1)!.t);
    expect(Math.abs(duration - parseTime(talk.form === 'talks' ? talk.data.duration! : ''))).toBeLessThan(2);
  });

  test('plays the sentence that is tapped, marks its line and tells the system', async () => {
    const line = talk.lines[5]!;
    const { time, title, marked } = await visitor.evaluate(async (id) => {
      const audio = document.querySelector('audio')!;
      const target = document.getElementById(id)!;
      target.scrollIntoView({ block: 'center', behavior: 'instant' });
      target.querySelector<HTMLElement>('.line-text p, .line-text')!.click();
      while (audio.paused || audio.seeking) await new Promise((resolve) => setTimeout(resolve, 50));
      return {
        time: audio.currentTime,
        title: navigator.mediaSession.metadata?.title,
        // Read here, because it plays on into the next line.
        marked: document.querySelector('.line[aria-current]')?.id,
      };
    }, line.id);
    expect(time).toBeGreaterThanOrEqual(line.t);
    expect(time).toBeLessThan(talk.lines[6]!.t);
    expect(title).toBe(talk.title);
    expect(marked).toBe(line.id);
    await visitor.see('talk-player[data-playing]');
  });

  test('leads back to the current line after scrolling away', async () => {
    const { away, back } = await visitor.evaluate(async () => {
      const button = document.querySelector<HTMLElement>('talk-player [data-back]')!;
      const until = async (is: () => boolean) => {
        while (!is()) await new Promise((resolve) => setTimeout(resolve, 50));
      };
      const sight = () => {
        const { top, bottom } = document.querySelector('.line[aria-current]')!.getBoundingClientRect();
        return top < innerHeight && bottom > 0;
      };
      scrollTo({ top: 0, behavior: 'instant' });
      await until(() => button.hidden === false);
      const away = sight();
      button.click();
      await until(() => button.hidden === true);
      return { away, back: sight() };
    }, null);
    expect({ away, back }).toEqual({ away: false, back: true });
  });

  test('skips back and on by 15 seconds', async () => {
    const times = await visitor.evaluate(() => {
      const audio = document.querySelector('audio')!;
      audio.pause();
      audio.currentTime = 60;
      const at: number[] = [];
      for (const which of ['forward', 'backward', 'backward']) {
        document.querySelector<HTMLElement>(`[data-${which}]`)!.click();
        at.push(audio.currentTime);
      }
      return at;
    }, null);
    expect(times).toEqual([75, 60, 45]);
  });

  test('stops at the end of the chapter when asked to', async () => {
    const heard = await visitor.evaluate(async () => {
      const audio = document.querySelector('audio')!;
      // The player stops at one of these events; how far the recording is by then depends on the machine.
      const times: number[] = [];
      const note = () => {
        if (!audio.paused) times.push(audio.currentTime);
      };
      audio.addEventListener('timeupdate', note, { capture: true });
      const [, second] = document.querySelectorAll<HTMLElement>('talk-player [data-jump]');
      audio.currentTime = Number(second!.dataset.jump) - 1;
      const sleep = document.querySelector<HTMLSelectElement>('[data-sleep]')!;
      // Set before it plays: a slow machine would already be in the next chapter.
      sleep.value = 'chapter';
      sleep.dispatchEvent(new Event('change'));
      await audio.play();
      if (!audio.paused)
        await new Promise((resolve) => audio.addEventListener('pause', resolve, { once: true }));
      return Math.max(0, ...times.slice(0, -1));
    }, null);
    const [, second] = talk.form === 'talks' ? talk.data.chapters : [];
    const { at, choice } = await visitor.evaluate(
      () => ({
        at: document.querySelector('audio')!.currentTime,
        choice: document.querySelector<HTMLSelectElement>('[data-sleep]')!.value,
      }),
      null,
    );
    expect(at - parseTime(second!.t)).toBeGreaterThanOrEqual(0);
    expect(heard).toBeLessThan(parseTime(second!.t));
    expect(choice).toBe('');
  });

  test('goes on where it was stopped, at the speed that was chosen', async () => {
    const stopped = await visitor.evaluate(async () => {
      const audio = document.querySelector('audio')!;
      const rate = document.querySelector<HTMLSelectElement>('[data-rate]')!;
      rate.value = '1.5';
      rate.dispatchEvent(new Event('change'));
      audio.currentTime = 100;
      await audio.play();
      audio.pause();
      return audio.currentTime;
    }, null);
    await visitor.reload();
    await visitor.see('html[data-access="open"][data-listening]');
    expect(await visitor.text('[data-current-chapter]')).toContain(formatTime(Math.floor(stopped)));
    await loadWhole();
    const time = await standingSecond(visitor);
    const rate = await visitor.evaluate(() => document.querySelector('audio')!.playbackRate, null);
    expect(await visitor.text('[data-rate-now]')).toBe('1.5×');
    expect(stopped).toBeGreaterThanOrEqual(100);
    expect(time).toBeCloseTo(Math.floor(stopped), 0);
    expect(rate).toBe(1.5);
  });

  test('begins at the second that the address names', async () => {
    const line = talk.lines[20]!;
    await visitor.open(`${host.at(talk.address)}?t#t=${line.t}`);
    await visitor.see(`html[data-listening] #${line.id}[aria-current]`);
    await loadWhole();
    const time = await standingSecond(visitor);
    expect(time).toBeGreaterThanOrEqual(line.t);
    expect(time).toBeLessThan(line.t + 2);
  });

  test('does not load the player on a talk without a recording', async () => {
    const { entries } = await sampleContent(base);
    const written = entries.find(({ form, audio, lines }) => form === 'talks' && !audio && lines.length > 3)!;
    const line = written.lines[3]!;
    await visitor.open(`${host.at(written.address)}#t=${line.t}`);
    await visitor.see(`html[data-access="open"] #${line.id}[aria-current]`);
    const isInSight = () =>
      visitor.evaluate(() => {
        const { top, bottom } = document.querySelector('.line[aria-current]')!.getBoundingClientRect();
        return top < innerHeight && bottom > 0;
      }, null);
    await expect.poll(isInSight, { timeout: 10_000 }).toBe(true);
    const seen = await visitor.evaluate(
      () => ({
        audio: document.querySelector('audio') !== null,
        player: customElements.get('talk-player') !== undefined,
      }),
      null,
    );
    expect(seen).toEqual({ audio: false, player: false });
  });
});
