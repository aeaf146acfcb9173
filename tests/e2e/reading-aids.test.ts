import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/markdown/content.ts';
import { inPlace, modes } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';

describe.each([modes[0]!, inPlace])('running text $name', ({ base, visitor: options }) => {
  let host: PlainHost;
  let visitor: Visitor;
  let content: Content;
  let address: string;

  beforeAll(async () => {
    host = await serveSample(base);
    content = await sampleContent(base);
    visitor = await newVisitor(options);
    const { address: logical } = content.entries.find(
      ({ form, access, html, headings }) =>
        form !== 'people' && access === 'members' && html.includes('<img') && headings.length > 1,
    )!;
    address = host.at(logical);
    await visitor.open(`${address}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"] .prose img[data-zoom]');
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  test('opens a picture in its largest size, and loads the viewer only then', async () => {
    await visitor.evaluate(async () => {
      const image = document.querySelector<HTMLImageElement>('.prose img[data-zoom]')!;
      image.scrollIntoView({ behavior: 'instant' });
      while (image.naturalWidth === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      image.focus();
    }, null);
    host.requests.length = 0;
    await visitor.evaluate(() => {
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      document.activeElement!.dispatchEvent(enter);
    }, null);
    await visitor.see('.pswp img.pswp__img:not(.pswp__img--placeholder)');
    const { large, widest } = await visitor.evaluate(async () => {
      const image = document.querySelector<HTMLImageElement>(
        '.pswp img.pswp__img:not(.pswp__img--placeholder)',
      )!;
      await image.decode();
      const { dataset, srcset } = document.querySelector<HTMLImageElement>('.prose img[data-zoom]')!;
      const widths = (dataset.sealedSet ?? srcset).match(/\d+(?=w)/g)!.map(Number);
      return { large: image.naturalWidth, widest: Math.max(...widths) };
    }, null);
    expect(large).toBe(widest);
    const alt = await visitor.attribute('.prose img[data-zoom]', 'alt');
    expect(await visitor.attribute('.pswp[role=dialog]', 'aria-label')).toBe(alt);
    expect(host.requests.filter((url) => /^\/(repo\/)?a\/.*\.(js|css)$/.test(url)).length).toBeGreaterThan(1);
  });

  test('closes the picture with Escape, and returns the focus', async () => {
    const focused = await visitor.evaluate(async () => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      while (document.querySelector('.pswp')) await new Promise((resolve) => setTimeout(resolve, 50));
      return document.activeElement instanceof HTMLImageElement;
    }, null);
    expect(focused).toBe(true);
  });

  test('opens one picture when it is tapped again while the viewer loads', async () => {
    await visitor.reload();
    await visitor.see('html[data-access="open"] .prose img[data-zoom]');
    const viewers = await visitor.evaluate(async () => {
      const added: Node[] = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) added.push(...addedNodes);
      }).observe(document.body, { childList: true });
      const image = document.querySelector<HTMLImageElement>('.prose img[data-zoom]')!;
      image.scrollIntoView({ behavior: 'instant' });
      while (image.naturalWidth === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      image.click();
      image.click();
      const inView = () => added.filter((node) => node instanceof Element && node.matches('.pswp'));
      while (inView().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      // Both taps wait for the same files, so a second viewer would open in the next frames.
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
      return inView().length;
    }, null);
    expect(viewers).toBe(1);
  });

  test('copies the link to a heading', async () => {
    const copied = await visitor.evaluate(async () => {
      const texts: string[] = [];
      const clipboard = { writeText: (text: string) => Promise.resolve(void texts.push(text)) };
      Object.defineProperty(navigator, 'clipboard', { value: clipboard });
      const link = document.querySelector<HTMLElement>('.prose .heading-link')!;
      link.click();
      while (!link.hasAttribute('data-copied')) await new Promise((resolve) => setTimeout(resolve, 20));
      return { texts, id: link.parentElement!.id };
    }, null);
    expect(copied.texts).toEqual([`${address}#${copied.id}`]);
    expect(await visitor.address()).toBe(`${address}#${copied.id}`);
  });
});
