import jsQR from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inPlace, modes } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

const shown = 'quote-pictures[data-state="shown"] img[src^="blob:"]';

describe.each([modes[0]!, inPlace])('the picture of a quote $name', ({ base, visitor: options }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let talk: string;

  beforeAll(async () => {
    host = await serveSample(base);
    const { entries } = await sampleContent(base);
    const entry = entries.find(
      ({ form, access, quotes }) => form === 'talks' && access === 'members' && quotes.length > 0,
    )!;
    talk = host.at(entry.address);
    visitor = await newVisitor(options);
    await visitor.open(`${talk}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"] [data-quote] .make-picture');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  /** Reads the displayed picture from the file that a member saves. */
  async function savePicture() {
    const { name, bytes } = await visitor.save('quote-pictures [data-save]');
    const image = sharp(bytes);
    const { format, width, height } = await image.metadata();
    const pixels = await image.ensureAlpha().raw().toBuffer();
    const code = jsQR(new Uint8ClampedArray(pixels), width, height);
    // The area between the masthead and the line above the code.
    const words = sharp(bytes).extract({ left: 104, top: 200, width: 872, height: height - 600 });
    return {
      name,
      format,
      width,
      height,
      code: code?.data,
      spread: (await words.stats()).channels[0]!.stdev,
    };
  }

  test('is drawn when it is asked for, with a code that leads to the piece and has no member’s key', async () => {
    host.requests.length = 0;
    await visitor.click('[data-quote] .make-picture');
    await visitor.see(shown);
    expect(host.requests.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(0);
    const { name, format, width, height, code, spread } = await savePicture();
    expect(name).toMatch(/^精华-.+\.png$/);
    expect({ format, width }).toEqual({ format: 'png', width: 1080 });
    expect(height).toBeGreaterThanOrEqual(1350);
    expect(code).toBe(talk);
    expect(spread).toBeGreaterThan(20);
  });

  test('shows the quote that was asked for last', async () => {
    await visitor.open(host.at('/quotes/'));
    await visitor.see('html[data-access="open"] [data-quote-card] .make-picture');
    const { alts, words } = await visitor.evaluate(async () => {
      const pictures = document.querySelector<HTMLElement>('quote-pictures')!;
      const shownAlts: string[] = [];
      new MutationObserver(() => {
        if (pictures.dataset.state === 'shown') shownAlts.push(pictures.querySelector('img')!.alt);
      }).observe(pictures, { attributeFilter: ['data-state'] });
      const [first, second] = document.querySelectorAll<HTMLElement>('[data-quote-card] .make-picture');
      first!.click();
      pictures.querySelector<HTMLElement>('[data-close]')!.click();
      second!.click();
      while (shownAlts.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      const quote = second!.closest('figure')!.querySelector('blockquote')!;
      return { alts: shownAlts, words: quote.innerText.trim() };
    }, null);
    expect(alts).toEqual([expect.stringContaining(words)]);
    await visitor.open(talk);
    await visitor.see('html[data-access="open"] [data-quote] .make-picture');
  });

  test('can be shared with other apps where the browser allows it', async () => {
    const offered = await visitor.evaluate(async () => {
      const files: File[] = [];
      const share = ({ files: given }: ShareData) => Promise.resolve(void files.push(...given!));
      Object.assign(navigator, { canShare: () => true, share });
      document.querySelector<HTMLElement>('quote-pictures [data-close]')!.click();
      document.querySelector<HTMLElement>('[data-quote] .make-picture')!.click();
      const button = document.querySelector<HTMLElement>('quote-pictures [data-share]')!;
      while (button.hidden || document.querySelector('quote-pictures[data-state="drawing"]')) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      button.click();
      return files.map(({ type, size }) => ({ type, isFull: size > 1000 }));
    }, null);
    expect(offered).toEqual([{ type: 'image/png', isFull: true }]);
  });

  test('of the quote wall leads to the piece that the quote is from', async () => {
    await visitor.open(host.at('/quotes/'));
    await visitor.see('html[data-access="open"] .make-picture');
    const piece = await visitor.evaluate(() => {
      const { origin, pathname } = document.querySelector<HTMLAnchorElement>(
        '[data-quote-card] [data-piece]',
      )!;
      return origin + pathname;
    }, null);
    await visitor.click('[data-quote-card] .make-picture');
    await visitor.see(shown);
    expect((await savePicture()).code).toBe(piece);
  });
});
