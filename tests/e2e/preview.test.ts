import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { components } from '../../src/markdown/components/all.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { until } from '../lib/engines/until.ts';
import { loaded } from '../lib/loaded.ts';
import { startPreview, type Preview } from '../lib/preview.ts';
import { testSite, withContent } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import { lacks, newVisitor, type Visitor } from '../lib/visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const content = {
  'people/linxia.mdx': '---\nname: 林夏\nrole: 社群\njoined: 2026-01-01\n---\n\n做社群的人。\n',
  'notes/done.mdx': noteOf({ title: '写好的', body: '先约五个人。' }),
  'notes/over.mdx': noteOf({ title: '过期的', more: 'expires: 2026-11-21\n' }),
  'notes/begun.mdx': noteOf({ title: '没写完的', more: 'draft: true\n' }),
  'notes/2026-11-24-next.mdx': noteOf({ title: '下周二的', date: '2026-11-24' }),
  'talks/told.mdx': noteOf({
    title: '讲过的',
    more: 'speakers: [linxia]\n',
    body: '<Line who="linxia" t="0:00">大家好。</Line>',
  }),
};

/** Opens the search page and returns the marks of its results. */
async function found(visitor: Visitor, url: string, query: string): Promise<string[]> {
  await visitor.open(`${url}search/?q=${encodeURIComponent(query)}`);
  await visitor.see('[data-search-state="done"]');
  return visitor.evaluate(
    () =>
      Array.from(
        document.querySelectorAll<HTMLElement>('[data-search-results] > li'),
        ({ dataset }) => dataset.entry!,
      ),
    null,
  );
}

declare global {
  interface Window {
    /** Lets the page connect to the preview. */
    connect?: () => void;
  }
}

/** Keeps a page from connecting to the preview until `connect` is called, as a busy machine does for a moment. */
function holdConnection(): void {
  const Connection = WebSocket;
  class Held extends EventTarget {
    readonly OPEN = Connection.OPEN;
    readyState: number = Connection.CONNECTING;
    send: WebSocket['send'] = () => undefined;
    constructor(...to: ConstructorParameters<typeof WebSocket>) {
      super();
      window.connect = () => {
        const socket = new Connection(...to);
        this.send = socket.send.bind(socket);
        socket.addEventListener('open', () => {
          this.readyState = Connection.OPEN;
          this.dispatchEvent(new Event('open'));
        });
        socket.addEventListener('message', (event) =>
          this.dispatchEvent(new MessageEvent('message', { data: event.data as unknown })),
        );
      };
    }
  }
  Object.assign(window, { WebSocket: Held });
}

/** Sends a request with headers that `fetch` doesn't let callers set. */
function statusFor(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
}

describe('the authoring preview', () => {
  const site = withContent(testSite('preview', { PORT: '' }), content);
  const note = join(site.folder, 'content/notes/done.mdx');
  let server: Preview;
  let visitor: Visitor;
  beforeAll(async () => {
    server = await startPreview(site);
    visitor = await newVisitor();
  });
  afterAll(async () => {
    await visitor.close();
    server.stop();
  });

  test('prints its address once the search has read all pages, and no line for each of them', async () => {
    await until('its address', () =>
      Promise.resolve(server.printed().includes(`打开 ${server.url} 看样子`) ? { value: true } : null),
    );
    expect(server.printed()).not.toContain('[200]');
  });

  test('marks drafts, on their page and in lists', async () => {
    await visitor.open(`${server.url}notes/begun/`);
    expect(await visitor.text('.kicker')).toContain('草稿');
    await visitor.open(`${server.url}notes/`);
    expect(await visitor.text('main')).toContain('草稿');
  });

  test('shows what is dated later, and says that it is not due yet', async () => {
    await visitor.open(`${server.url}notes/2026-11-24-next/`);
    expect(await visitor.text('.kicker')).toContain('到日期才发布');
    await visitor.open(`${server.url}notes/`);
    expect(await visitor.text('main')).toMatch(/下周二的[^]*到日期才发布/);
    await visitor.open(`${server.url}notes/done/`);
    expect(await visitor.text('.kicker')).not.toContain('发布');
  });

  test('offers no copy for offline, which needs a member’s link', async () => {
    await visitor.open(`${server.url}talks/told/`);
    expect(await visitor.text('main')).toContain('大家好。');
    expect(await visitor.text('main')).not.toContain('专属链接');
  });

  test.each(['%E0%A4%A', 'notes/%FF/', '%'])(
    'refuses the malformed address /%s, and goes on',
    async (address) => {
      expect((await fetch(server.url + address)).status).toBe(400);
      expect((await fetch(server.url)).status).toBe(200);
    },
  );

  test.each(['package.json', '.git', '.kb-secret', 'members.yaml', 'content/topics.yaml'])(
    'does not serve the project’s file %s',
    async (file) => {
      const path = join(projectRoot, file);
      for (const address of [
        file,
        `@fs${path}`,
        `@fs${path}?raw`,
        `${file}?import&raw`,
        `@fs${projectRoot}/src/../${file}`,
      ])
        expect((await fetch(server.url + address)).status, address).toBeOneOf([403, 404]);
    },
  );

  test('can’t be read by another page, on this machine or under another host name', async () => {
    expect(await statusFor(server.url, { Host: 'rebound.example' })).toBe(403);
    const { headers } = await fetch(server.url, { headers: { Origin: 'http://127.0.0.1:8765' } });
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  test('says that a note has expired', async () => {
    await visitor.open(`${server.url}notes/over/`);
    expect(await visitor.text('.expiry')).toContain('2026 年 11 月 21 日已经过期');
  });

  test('shows every component live with a source to copy, on an accessible page', async () => {
    await visitor.open(`${server.url}notes/`);
    await visitor.click('preview-banner a');
    // It loads in pieces.
    await visitor.see('[data-component]');
    await loaded(visitor);
    const shown = await visitor.evaluate(
      () =>
        Array.from(document.querySelectorAll<HTMLElement>('[data-component]'), (article) => ({
          name: article.dataset.component,
          isLive: article.querySelector('.live')!.childElementCount > 0,
          source: article.querySelector('copy-source pre')!.textContent,
        })),
      null,
    );
    expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining([...components.keys()]));
    for (const { name, isLive, source } of shown)
      expect([name, isLive, source.includes(`<${name!}`)]).toEqual([name, true, true]);
    expect(await visitor.text('#f-talks')).toContain('speakers');
    await visitor.see('.live audio[src^="/media/"]');

    await visitor.run(axe);
    const { violations } = await visitor.evaluate(
      () => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
      null,
    );
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  });

  test('follows a change by itself, on the page and in the search', async () => {
    await visitor.open(`${server.url}notes/done/`);
    writeFileSync(note, noteOf({ title: '写好的', body: '<Callout type="tip">\n  八角亭见。\n</Callout>' }));
    await visitor.see('article[data-entry] .callout-tip');
    const entries = await until('search to follow', async () => {
      const value = await found(visitor, server.url, '八角亭见');
      return value.length > 0 ? { value } : null;
    });
    expect(entries).toEqual(['notes/done']);
    expect(await found(visitor, server.url, '先约五个人')).toEqual([]);
  });

  test('says on the page what is wrong and where, and shows what was there before', async () => {
    await visitor.open(`${server.url}notes/done/`);
    const before = readFileSync(note, 'utf8');
    writeFileSync(note, noteOf({ title: '写好的', body: '看 {这里}。' }));
    await visitor.see('preview-banner.wrong');
    expect(await visitor.text('preview-banner')).toMatch(/notes\/done\.mdx:5:3 错误 .*花括号.* → /);
    // The preview doesn't review the copy, so it counts no advice.
    expect(await visitor.text('preview-banner summary')).toBe('1 处错误');
    expect(await visitor.text('preview-banner ol + p')).toContain('npm run check');
    expect(await visitor.text('article[data-entry]')).toContain('八角亭见');
    await visitor.reload();
    expect(await visitor.text('article[data-entry]')).toContain('八角亭见');
    writeFileSync(note, before);
    await visitor.see('preview-banner:not(.wrong)');
  });

  test.skipIf(lacks('early scripts'))(
    'says what is wrong even if it was written before the page was connected',
    async () => {
      const early = await newVisitor({ without: holdConnection });
      await early.open(`${server.url}notes/done/`);
      await early.see('preview-banner:not(.wrong) a');
      const before = readFileSync(note, 'utf8');
      writeFileSync(note, noteOf({ title: '写好的', body: '看 {这里}。' }));
      await until('the error', async () => {
        const answer = await fetch(`${server.url}__preview/findings.json`);
        const { findings } = (await answer.json()) as { findings: unknown[] };
        return findings.length > 0 ? { value: findings } : null;
      });
      await early.evaluate(() => window.connect!(), null);
      await early.see('preview-banner.wrong');
      writeFileSync(note, before);
      await early.see('preview-banner:not(.wrong)');
      await early.close();
    },
  );

  test.skipIf(lacks('early scripts'))(
    'follows a change even if it was made before the page was connected',
    async () => {
      const early = await newVisitor({ without: holdConnection });
      await early.open(`${server.url}notes/done/`);
      await early.see('article[data-entry]:not(:has(.callout-warning))');
      const before = readFileSync(note, 'utf8');
      const body = '<Callout type="warning">\n  改在九号楼见。\n</Callout>';
      writeFileSync(note, noteOf({ title: '写好的', body }));
      await until('the change', async () => {
        const page = await (await fetch(`${server.url}notes/done/`)).text();
        return page.includes('九号楼') ? { value: page } : null;
      });
      await early.evaluate(() => window.connect!(), null);
      await early.see('article[data-entry] .callout-warning');
      writeFileSync(note, before);
      await early.close();
    },
  );
});

test('served as plain files, the preview finds drafts too, and has no page for writers', async () => {
  const site = withContent(testSite('preview-static', { PORT: '' }), content);
  const { url, stop } = await startPreview(site, ['--static']);
  const visitor = await newVisitor();
  expect(await found(visitor, url, '先约五个人')).toEqual(['notes/done']);
  expect(await found(visitor, url, '没写完的')).toEqual(['notes/begun']);
  expect(await found(visitor, url, '下周二的')).toEqual(['notes/2026-11-24-next']);
  expect((await fetch(`${url}authoring/`)).status).toBe(404);
  expect((await fetch(url)).headers.get('content-encoding')).toBe('gzip');
  expect(await statusFor(url, { Host: 'rebound.example' })).toBe(403);
  await visitor.close();
  stop();
});
