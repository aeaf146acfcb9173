import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/load.ts';
import { modes } from '../lib/modes.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

describe.each(modes)('a talk with audio $name', ({ base, visitor: options }) => {
  let host: Awaited<ReturnType<typeof serveSample>>;
  let visitor: Visitor;
  let talk: Entry;

  beforeAll(async () => {
    host = await serveSample(base);
    const { entries } = await sampleContent(base);
    talk = entries.find(({ audio, access }) => access === 'members' && audio !== undefined)!;
    visitor = await newVisitor(options);
    await visitor.open(`${new URL(`.${talk.address}`, host.url).href}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"] article[data-entry] audio');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  /** Seeks to `share` of the whole and waits until time goes on from there. */
  function playFrom(share: number): Promise<{ target: number; time: number }> {
    return visitor.evaluate(async (fraction) => {
      const audio = document.querySelector('audio')!;
      audio.muted = true;
      if (audio.readyState === 0) {
        audio.load();
        await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
      }
      const target = audio.duration * fraction;
      audio.currentTime = target;
      await audio.play();
      await new Promise<void>((resolve) => {
        audio.addEventListener('timeupdate', () => {
          if (!audio.seeking && audio.currentTime > target + 0.1) resolve();
        });
      });
      return { target, time: audio.currentTime };
    }, share);
  }

  test('plays', async () => {
    const { time } = await playFrom(0);
    expect(time).toBeGreaterThan(0);
  });

  test('jumps to 80 % with at most three segments asked for', async () => {
    host.requests.length = 0;
    const { target, time } = await playFrom(0.8);
    expect(time).toBeGreaterThan(target);
    expect(host.requests.filter((url) => url.includes('/o/')).length).toBeLessThanOrEqual(3);
  });

  test('is as long as its front matter says', async () => {
    const duration = await visitor.evaluate(() => document.querySelector('audio')!.duration, null);
    const lastLine = talk.lines.at(-1)!;
    expect(duration).toBeGreaterThan(lastLine.t);
  });
});
