import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { newMember } from '../lib/member.ts';
import { bothWays } from '../lib/modes.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

const recording = readFileSync(join(projectRoot, 'content/talks/cold-start-first-100/talk.mp3'));
/** Five minutes of sound; without its last part, another recording under another name. */
const versions = { before: recording, after: recording.subarray(0, 1_500_000) };
const talk = `---
title: 第一讲
date: 2026-11-01
slug: first
speakers: [lin]
audio: ./talk.mp3
duration: '05:00'
---

<Line who="lin" t="00:01">先列名单。</Line>
`;

/** What a host sends in place of a sealed file. */
const withheld = { type: 'application/octet-stream', bytes: Buffer.from('no longer here') };

let site: TestSite;
beforeAll(async () => {
  site = withContent(testSite('republished'), {
    'people/lin.mdx': '---\nname: 林\nrole: 主持人\njoined: 2025-03-01\n---\n\n主持人。\n',
    'talks/first/index.mdx': talk,
  });
  for (const [at, [version, sound]] of Object.entries(versions).entries()) {
    writeFiles(site.folder, {
      // The second build also begins a new epoch.
      'members.yaml': `- id: anna\n- id: ben\n${at === 0 ? '' : '  removed: 2026-11-21\n'}`,
      'content/talks/first/talk.mp3': sound,
      'content/notes/a.mdx': noteOf({ title: '荷塘', more: 'slug: a\n' }),
      'content/notes/b.mdx': noteOf({
        title: '独酌',
        more: 'slug: b\n',
        body: at === 0 ? '月下没有人陪。' : '月上有人在等。',
      }),
    });
    await build({ ...site, env: { ...site.env, KB_NUMBER: String(at + 1) } });
    cpSync(site.out, join(site.folder, version), { recursive: true });
  }
});

describe.each(bothWays)(
  'a page that is open while a newer build is published, $name',
  ({ options, name }) => {
    let host: PlainHost;
    let anna: Visitor;
    let tab: Visitor;
    let search: Visitor;

    beforeAll(async () => {
      const live = join(site.folder, `live ${name}`);
      cpSync(join(site.folder, 'before'), live, { recursive: true });
      host = await servePlain(live, '');
      anna = await newMember(host.url, options);
      await anna.open(`${host.url}talks/first/`);
      await anna.see('html[data-access="open"] talk-player');
      search = await anna.newTab();
      await search.open(host.at('/search/?q=荷塘'));
      await search.see('[data-search-state="done"] [data-search-count="1"]');
      // As a publish does, beside the objects of the earlier build.
      cpSync(join(site.folder, 'after'), live, { recursive: true });
      tab = await anna.newTab();
      await vi.waitFor(
        async () => {
          await tab.open(`${host.url}talks/first/`);
          expect(await tab.attribute('html[data-build]', 'data-build')).toBe('2');
        },
        { timeout: patience, interval: 1000 },
      );
      // The open page looks for news when the reader comes back to it.
      await search.evaluate(async () => {
        while (!document.querySelector('gate-account [data-says="newer"]')) {
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }, null);
    });
    afterAll(async () => {
      for (const one of [tab, search, anna]) await one.close();
      await host.close();
    });

    test('goes on searching', async () => {
      await search.type('search-results input[name="q"]', '月');
      await search.see('[data-search-state="done"] [data-search-count="1"]');
      await vi.waitFor(
        async () => expect(await search.text('[data-search-results]')).toMatch(/月下没有人陪|月上有人在等/),
        patience,
      );
    });

    test('never gets a file of the earlier build for one of the newest that the host withholds', async () => {
      host.lie((_, url) =>
        url.startsWith('/o/') && !existsSync(join(site.folder, 'before', url)) ? withheld : null,
      );
      const status = await tab.evaluate(async () => {
        const answer = await fetch('/pagefind/members/pagefind-entry.json', { cache: 'no-store' });
        return answer.status;
      }, null);
      host.lie();
      expect(status).toBe(404);
    });

    // In place, the player knows the parts of its recording from the start.
    test.skipIf(name === 'in place')('gets the rest of the recording that it had', async () => {
      // How much of it a browser has asked for before differs, so this asks as a player does.
      const rest = await anna.evaluate(async () => {
        const { src } = document.querySelector<HTMLAudioElement>('article audio')!;
        const answer = await fetch(src, { headers: { Range: 'bytes=1000000-' }, cache: 'no-store' });
        return { status: answer.status, size: (await answer.arrayBuffer()).byteLength };
      }, null);
      expect(rest).toEqual({ status: 206, size: recording.length - 1_000_000 });
    });
  },
);
