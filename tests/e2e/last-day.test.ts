import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addDays, dayInShanghai } from '../../src/model/week.ts';
import { reminded } from '../lib/kept.ts';
import { newMember } from '../lib/member.ts';
import { bothWays } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSite, withContent, writeFiles } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { refuseDatabase } from '../lib/refusals.ts';
import { lacks, patience, type Visitor } from '../lib/visitor.ts';

// Browsers compare with their own clock, so the days are relative to it.
const today = dayInShanghai(new Date());
const near = addDays(today, 10);
const far = addDays(today, 30);

const site = withContent(testSite('last-day', { KB_DATE: today }), {
  'notes/a.mdx': noteOf({ title: '第一则' }),
  'tiers.yaml': 'patrons: { name: 深度会员 }\n',
});
let host: PlainHost;

/** Publishes the site; anna's access ends on the day, ben's later, pat's as anna's, carl's never. */
async function publish(annas: string): Promise<void> {
  const members = [
    `- id: anna\n  expires: ${annas}\n`,
    `- id: ben\n  expires: ${far}\n`,
    '- id: carl\n',
    `- id: pat\n  tier: patrons\n  expires: ${near}\n`,
  ];
  writeFiles(site.folder, { 'members.yaml': members.join('') });
  await build(site);
}

beforeAll(async () => {
  await publish(near);
  host = await servePlain(site.out, '');
});
afterAll(() => host.close());

describe.each(bothWays)('members whose access ends soon $name', ({ options }) => {
  let visitor: Visitor;
  afterEach(() => visitor.close());

  const day = (selector: string) => visitor.attribute(`${selector} time`, 'datetime');

  test.each(['anna', 'pat'])('%s is told so once a day, and always on the account page', async (id) => {
    visitor = await newMember(host.url, options, id);
    await visitor.see('[data-says="ending"] time[datetime]');
    expect(await day('[data-says="ending"]')).toBe(near);
    const notice = await visitor.text('[data-says="ending"]');
    expect(notice).toMatch(/^会员到 \d{4} 年 \d+ 月 \d+ 日为止。要续期，请找/);
    await visitor.click('[data-says="ending"] [data-do="dismiss"]');
    await visitor.see('[data-says=""]');

    await visitor.open(host.at('/account/'));
    await visitor.see('html[data-access="open"] last-day:not([hidden])');
    expect(await day('last-day')).toBe(near);
    expect(await visitor.text('last-day')).toContain('续期以后链接不用换');
    expect(await visitor.evaluate(() => document.querySelector('[data-says]')!.childNodes.length, null)).toBe(
      0,
    );
  });

  test.each(['ben', 'carl'])('%s, whose access goes on, is told nothing', async (id) => {
    visitor = await newMember(host.url, options, id);
    await reminded(visitor, '/');
    await visitor.see('[data-says=""], [data-says]:empty');
    await visitor.open(host.at('/account/'));
    await visitor.see('html[data-access="open"] main:not(:has(last-day))');
  });

  test('once they have renewed, they are told nothing any more', async () => {
    visitor = await newMember(host.at('/account/'), options);
    await visitor.see('last-day:not([hidden])');
    await publish(far);
    // Pages of the earlier build may be shown while its `root` counts as fresh.
    await vi.waitFor(async () => {
      await visitor.reload();
      await visitor.see('html[data-access="open"] main:not(:has(last-day[hidden]))');
      expect(await visitor.evaluate(() => document.querySelector('last-day'), null)).toBeNull();
    }, patience);
    await publish(near);
  });
});

test.skipIf(lacks('early scripts'))(
  'a member whose browser stores nothing finds it on the account page',
  async () => {
    const visitor = await newMember(host.at('/account/'), { without: refuseDatabase });
    await visitor.see('html[data-in-place="visit"] last-day:not([hidden])');
    expect(await visitor.attribute('last-day time', 'datetime')).toBe(near);
    await visitor.close();
  },
);
