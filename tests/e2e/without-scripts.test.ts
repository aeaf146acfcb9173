import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../scripts/lib/settings.ts';
import type { Content } from '../../src/markdown/content.ts';
import { FORMS } from '../../src/model/form.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { sampleContent, sampleFolder } from '../lib/sample.ts';
import { lacks, newVisitor, type Visitor } from '../lib/visitor.ts';

describe.skipIf(lacks('scripts off'))('pages as plain files, with scripts off', () => {
  let host: PlainHost;
  let visitor: Visitor;
  let content: Content;

  beforeAll(async () => {
    // The pages that `npm run dev -- --static` serves, already rendered for the sample.
    const { work } = readSettings({ KB_OUT: join(sampleFolder(''), 'dist') });
    host = await servePlain(join(work, 'pages', 'members'), '');
    content = await sampleContent('');
    visitor = await newVisitor({ scriptless: true, width: 1280 });
  });
  afterAll(async () => {
    await visitor.close();
    await host.close();
  });

  const open = async (address: string) => {
    await visitor.open(host.at(address));
    await visitor.see('main h1');
  };
  /** Returns the texts of the matching elements that are visible. */
  const seen = (selector: string) =>
    visitor.evaluate(
      (all) =>
        [...document.querySelectorAll<HTMLElement>(all)]
          .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
          .map(({ innerText }) => innerText.trim()),
      selector,
    );

  test.each(FORMS)('show an entry of %s whole, with its contents', async (form) => {
    const [entry] = content.entries
      .filter((one) => one.form === form)
      .sort((a, b) => b.text.length - a.text.length);
    await open(entry!.address);
    expect(await seen('main h1')).toEqual([entry!.title]);
    const { text, unseen } = await visitor.evaluate(() => {
      const article = document.querySelector('article')!;
      return {
        text: [article.textContent, ...Array.from(article.querySelectorAll('img'), ({ alt }) => alt)]
          .join('')
          .replace(/\s/g, ''),
        unseen: [...article.querySelectorAll('.prose :is(h2, h3, p, li, td)')]
          .filter((element) => !element.checkVisibility({ visibilityProperty: true }))
          .map((element) => element.textContent),
      };
    }, null);
    // Collapsible parts are open: nothing needs a script.
    expect(unseen).toEqual([]);
    for (const line of entry!.text.split('\n').filter(({ length }) => length > 20)) {
      expect(text).toContain(line.replace(/\s/g, ''));
    }
    const contents = await seen('.contents a');
    if (entry!.headings.length > 1) expect(contents.length).toBeGreaterThan(1);
    expect(await seen('.waiting, .dock, .make-picture, list-filter form')).toEqual([]);
  });

  test('give a recording the browser’s own controls', async () => {
    const talk = content.entries.find((entry) => entry.form === 'talks' && entry.audio)!;
    await open(talk.address);
    expect(await seen('audio[controls]')).toHaveLength(1);
  });

  test('lead from the home page to a shelf, to a piece, and to the next piece', async () => {
    await open('/');
    await visitor.click('nav a[href="/breakdowns/"]');
    await visitor.see('nav a[href="/breakdowns/"][aria-current]');
    await visitor.click('main a[href^="/breakdowns/"]:not([href="/breakdowns/"])');
    await visitor.see('article[data-entry^="breakdowns/"]');
    await visitor.click('.neighbours a');
    await visitor.see('article[data-entry]');
  });
});
