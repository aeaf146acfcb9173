import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { logicalPath } from '../../scripts/lib/page-files.ts';
import { newMember } from '../lib/member.ts';
import { modesOnOneBase } from '../lib/modes.ts';
import type { PlainHost } from '../lib/plain-host.ts';
import { sampleFolder, serveSample } from '../lib/sample.ts';
import { lacks, newVisitor, patience, type Visitor } from '../lib/visitor.ts';

/** Things that the policy forbids; each is tried in the open page and can't use anything outside itself. */
const breaches: Record<string, () => unknown> = {
  'a script in the page': () => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
  },
  'a handler in an attribute': () => {
    document.body.setAttribute('onclick', 'window.ran = true');
    document.body.click();
  },
  'styles in an attribute': () => document.body.setAttribute('style', 'color: red'),
  'styles in the page': () => {
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
  },
  'text run as a script': () => {
    // In a task of the page: code that the test evaluates isn't subject to the policy.
    const script = document.createElement('script');
    script.src = 'data:text/javascript,window.ran=true';
    document.body.append(script);
  },
  'a picture of another host': () => {
    new Image().src = 'http://127.0.0.1:9/x.png';
  },
  'a request to another host': () => fetch('http://127.0.0.1:9/').catch(() => null),
  'a frame': () => {
    const frame = document.createElement('iframe');
    frame.src = location.href;
    document.body.append(frame);
  },
};

describe.skipIf(lacks('complaints')).each(modesOnOneBase)(
  'the policy $name',
  ({ base, visitor: options, isInPlace }) => {
    let host: PlainHost;
    let visitor: Visitor;

    beforeAll(async () => {
      host = await serveSample(base);
      visitor = await newMember(host.url, options);
    });
    afterAll(() => host.close());

    async function opens(who: Visitor, url: string, access: string): Promise<void> {
      await who.open(url);
      // An old address redirects members; wait until they have arrived.
      await who.see(`html[data-access="${access}"]:not(:has(moved-page)) main`);
    }

    const broken = () => visitor.complaints().filter((text) => /content.security.policy/i.test(text));

    // The search runs in a web worker, which has the policy of its own response headers.
    test('leaves the host’s own headers of the search code unchanged', async () => {
      const url = `${host.url}pagefind/public/pagefind.js`;
      const { headers } = await fetch(url);
      const wanted = ['cache-control', 'etag', 'last-modified'].map((name) => [name, headers.get(name)]);
      expect(wanted.filter(([, said]) => said !== null)).not.toEqual([]);
      const came = await visitor.evaluate(async (address) => {
        const response = await fetch(address, { cache: 'no-cache' });
        return ['cache-control', 'etag', 'last-modified'].map((name) => [name, response.headers.get(name)]);
      }, url);
      expect(came).toEqual(wanted);
    });

    test('is kept by every page, including doors and public pages', { timeout: 400_000 }, async () => {
      const pages = listFiles(join(sampleFolder(base), 'dist')).filter((file) => file.endsWith('.html'));
      expect(pages.length).toBeGreaterThan(80);
      // For people who aren't members the modes are the same: no worker starts, and nothing is opened.
      const stranger = isInPlace ? undefined : await newVisitor(options);
      for (const page of pages) {
        const url = host.at(logicalPath(page));
        // In parallel, because each waits most of the time.
        await Promise.all([opens(visitor, url, 'open'), stranger && opens(stranger, url, 'locked')]);
        expect({ page, broken: broken() }).toEqual({ page, broken: [] });
      }
      // Throws if there was a violation.
      await stranger?.close();
    });

    test('is in force in an opened page, and each breach of it is noticed', async () => {
      await visitor.open(host.url);
      await visitor.see('html[data-access="open"]');
      for (const [name, commit] of Object.entries(breaches)) {
        const before = broken().length;
        await visitor.evaluate(commit, null);
        await vi.waitFor(() => expect(broken().length, name).toBeGreaterThan(before), patience);
      }
      expect(await visitor.evaluate(() => 'ran' in window, null)).toBe(false);
      await expect(visitor.close()).rejects.toThrow('broke the policy');
    });
  },
);
