import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newMember } from '../lib/member.ts';
import { bothWays } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { higher, tieredContent } from '../lib/tiers.ts';
import { noteOf } from '../lib/tiny.ts';
import { buildTwice, type TwoBuilds } from '../lib/two-builds.ts';
import type { Visitor } from '../lib/visitor.ts';

const later = '换锁以后的新钥匙改放在收银台抽屉的夹层里，谁拿谁登记。';

const teased = '先露个标题的一则';

// Between the two builds, anna lost the higher tier, ben gained it, and a note was added to it.
let site: TwoBuilds;
beforeAll(async () => {
  const content = {
    ...tieredContent,
    'notes/teased.mdx': noteOf({ title: teased, more: 'slug: teased\ntier: patrons\nteaser: true\n' }),
  };
  site = await buildTwice('tiers', content, '- id: anna\n  tier: patrons\n- id: ben\n', {
    'members.yaml': '- id: anna\n  lost: { patrons: 2026-11-21 }\n- id: ben\n  tier: patrons\n',
    'content/notes/later.mdx': noteOf({
      title: '深层定价的后续',
      more: 'slug: later\ntier: patrons\n',
      body: later,
    }),
  });
});

describe.each(bothWays)('two tiers, $name', ({ options }) => {
  let host: PlainHost;
  let anna: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    site.publish('before');
    host = await servePlain(site.live, '');
    anna = await enter('anna');
    ben = await enter('ben');
  });
  afterAll(async () => {
    await anna.close();
    await ben.close();
    await host.close();
  });

  const enter = (id: string): Promise<Visitor> => newMember(host.url, options, id);

  /** Returns everything in an opened page, including hidden texts and addresses. */
  async function page(visitor: Visitor, path: string): Promise<string> {
    await visitor.open(`${host.url}${path}`);
    // Waits for its end: a door that has just learnt of the page reloads it.
    await visitor.see('html[data-access="open"] .colophon');
    // Includes the plain text, because titles and quotes have `<wbr>` and clause elements inside.
    return visitor.evaluate(() => {
      const { outerHTML, textContent } = document.documentElement;
      return `${outerHTML}\n${textContent}`;
    }, null);
  }

  async function search(
    visitor: Visitor,
    query: string,
  ): Promise<{ count: string | null; entries: string[] }> {
    await visitor.open(`${host.url}search/?q=${encodeURIComponent(query)}`);
    await visitor.see('[data-search-state="done"]');
    const entries = await visitor.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('[data-search-results] > li')].map(
          (item) => item.dataset.entry ?? '',
        ),
      null,
    );
    return { count: await visitor.attribute('[data-search-count]', 'data-search-count'), entries };
  }

  test('a member of both reads what is in each', async () => {
    expect(await page(anna, 'notes/higher/')).toContain(higher.text);
    expect(await page(anna, 'notes/plain/')).toContain(higher.title);
    expect(await page(anna, 'notes/half/')).toContain(higher.below);
    expect(await page(anna, 'notes/half/')).not.toContain('data-higher-part');
    expect(await page(anna, 'quotes/')).toContain(higher.quote);
    expect(await page(anna, 'topics/')).toContain(higher.topic);
    expect(await page(anna, 'topics/vault/')).toContain(higher.title);
  });

  test.each([
    '',
    'notes/',
    'notes/plain/',
    'notes/other/',
    'notes/half/',
    'topics/',
    'topics/pricing/',
    'series/',
    'series/money/',
    'people/lin/',
    'quotes/',
    'timeline/',
    'start/',
    'mine/',
  ])('a member of the lower tier sees nothing of the higher at /%s', async (path) => {
    const html = await page(ben, path);
    for (const words of [...Object.values(higher), 'notes/higher', 'topics/vault', 'patrons'])
      expect(html).not.toContain(words);
  });

  test('counts include only what a member can open', async () => {
    expect(await page(ben, 'topics/pricing/')).toMatch(/2 篇/);
    expect(await page(anna, 'topics/pricing/')).toMatch(/3 篇/);
  });

  test('a search in the higher tier finds both, and in the lower nothing of the higher', async () => {
    expect(await search(anna, '算账')).toEqual({
      count: '3',
      entries: expect.arrayContaining(['notes/higher', 'notes/plain', 'notes/other']) as string[],
    });
    expect((await search(anna, '第三把钥匙')).entries).toEqual(['notes/higher']);
    const lower = await search(ben, '算账');
    expect(lower.count).toBe('2');
    expect(lower.entries.toSorted()).toEqual(['notes/other', 'notes/plain']);
    expect((await search(ben, '第三把钥匙')).entries).toEqual([]);
    expect((await search(ben, '所有人都能读')).entries).toEqual(['notes/open']);
  });

  test('a page of the higher tier stays a door in the lower, which says why', async () => {
    await ben.open(`${host.url}notes/higher/`);
    await ben.see('gate-door[data-state="failed"]');
    expect(await ben.attribute('html', 'data-access')).toBe('locked');
    expect(await ben.text('[role="alert"]')).toContain('等级');
    expect(await page(ben, 'notes/plain/')).toContain('会员的一则');
  });

  test('the door of a teased page of the higher tier keeps its title, and asks for no key', async () => {
    await ben.open(`${host.url}notes/teased/`);
    await ben.see('gate-door[data-state="failed"]');
    const shown = await ben.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('main :is(h1, h2, strong, form)')]
          .filter((element) => element.checkVisibility())
          .map((element) => element.innerText.replace(/\s/g, '')),
      null,
    );
    expect(shown).toEqual([teased, '这一页只给更高等级的成员']);
  });

  test('a page that continues in a higher tier says whom the rest is for, and asks for no key', async () => {
    const html = await page(ben, 'notes/half/');
    expect(html).toContain('前一半谁都能读');
    expect(await ben.text('article [data-higher-part]')).toMatch(/只给“深度会员”.*你的链接打不开它.*请找/s);
    expect(html).not.toContain('<gate-door');
    expect(await page(anna, 'notes/half/')).toContain(higher.below);
  });

  describe('after one member went down and the other up', () => {
    beforeAll(() => site.publish('after'));

    test('new pieces of the higher tier open to the member who has it now, without asking', async () => {
      expect(await page(ben, 'notes/later/')).toContain(later);
      expect(await page(ben, 'notes/plain/')).toContain(higher.title);
      expect((await search(ben, '收银台')).entries).toEqual(['notes/later']);
    });

    test('nothing more of it opens to the member who lost it, while the rest does', async () => {
      for (const path of ['notes/later/', 'notes/higher/']) {
        await anna.open(`${host.url}${path}`);
        await anna.see('gate-door[data-state="failed"]');
        expect(await anna.attribute('html', 'data-access')).toBe('locked');
      }
      expect(await page(anna, 'notes/plain/')).not.toContain(higher.title);
      expect((await search(anna, '收银台')).entries).toEqual([]);
      expect((await search(anna, '算账')).count).toBe('2');
    });
  });
});
