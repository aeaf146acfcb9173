import { afterAll, beforeAll, expect, test } from 'vitest';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleContent, serveSample } from '../lib/sample.ts';
import type { Visitor } from '../lib/visitor.ts';

let host: PlainHost;
let visitor: Visitor;
beforeAll(async () => {
  host = await serveSample('');
  visitor = await newMember(host.url, { still: true });
});
afterAll(async () => {
  await visitor.close();
  await host.close();
});

/** Returns over how many pixels, from top to bottom, a tap in the middle of each matching element reaches it. */
const reaches = (selector: string) =>
  visitor.evaluate(
    (all) =>
      [...document.querySelectorAll<HTMLElement>(all)]
        .filter((one) => one.checkVisibility())
        .map((one) => {
          one.scrollIntoView({ block: 'center', behavior: 'instant' });
          // A link of several lines has several boxes.
          const { left, width, top, height } = one.getClientRects()[0]!;
          const isHit = (y: number) => one.contains(document.elementFromPoint(left + width / 2, y));
          const middle = top + height / 2;
          let reach = 0;
          for (const step of [-1, 1]) for (let y = middle; isHit(y) && reach < 200; y += step) reach++;
          return reach;
        }),
    selector,
  );

test.each([
  ['a result of the search', () => '/search/?q=留存', '[data-search-results] .search-title', 44],
  ['a piece of the first week', () => '/', '.first-week li a', 44],
  ['the way to all of the first week', () => '/', '.first-week p a', 44],
  ['the way from a comparison to its case', () => '/compare/', 'case-table td .more', 44],
  [
    'the line of a recording',
    async () =>
      (await sampleContent('')).entries.find(({ audio, access }) => audio && access === 'members')!.address,
    'talk-player [data-seek]',
    40,
  ],
])('on a phone, %s is high enough to tap', async (_, address, selector, height) => {
  await visitor.open(host.at(await address()));
  await visitor.see(`html[data-access="open"] ${selector}`);
  await loaded(visitor);
  const found = await reaches(selector);
  expect(found.length).toBeGreaterThan(0);
  expect(Math.min(...found)).toBeGreaterThanOrEqual(height);
});
