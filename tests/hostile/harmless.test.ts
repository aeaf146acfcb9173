import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadContent } from '../../src/markdown/load.ts';
import { SITE_PAGES } from '../../src/model/form.ts';
import { until } from '../lib/engines/until.ts';
import { loaded } from '../lib/loaded.ts';
import { newMember } from '../lib/member.ts';
import { startPreview, type Preview } from '../lib/preview.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { build, testSite, withContent, writeFiles } from '../lib/site.ts';
import { newVisitor, type Visitor } from '../lib/visitor.ts';
import { RUN } from './case.ts';
import { corpus, filesOf } from './corpus.ts';

const harmless = Object.entries(corpus).filter(([, { refused }]) => refused.length === 0);
const site = withContent(
  testSite('harmless', { PORT: '' }),
  Object.assign({}, ...harmless.map(([name, hostile]) => filesOf(name, hostile))) as Record<string, string>,
);
writeFiles(site.folder, { 'members.yaml': '- id: anna\n' });

let pages: string[];
let entryPages: string[];
let preview: Preview;
let host: PlainHost;
beforeAll(async () => {
  const content = await loadContent({
    root: join(site.folder, 'content'),
    cache: join(site.folder, 'cache'),
    date: '2026-11-22',
    drafts: false,
    base: '',
  });
  entryPages = content.entries.map(({ address }) => address.slice(1));
  pages = [
    ...SITE_PAGES,
    '/topics/markup/',
    '/series/markup/',
    `/search/?q=${encodeURIComponent('<img src=x onerror=fetch(/ran/)>')}`,
  ]
    .map((page) => page.slice(1))
    .concat(entryPages);
  [preview] = await Promise.all([startPreview(site, ['--static']), build(site)]);
  host = await servePlain(site.out, '');
});
afterAll(async () => {
  preview.stop();
  await host.close();
});

/** Opens every page of a site to its end, and returns the browser's complaints with the page. */
async function openAll(
  visitor: Visitor,
  url: string,
  pages: readonly string[],
): Promise<[page: string, complaint: string][]> {
  const found: [string, string][] = [];
  for (const page of pages) {
    const before = visitor.complaints().length;
    await visitor.open(url + page);
    await visitor.see('html[data-access="open"]');
    await loaded(visitor);
    // The links of a page don't run scripts either.
    const scripts = await visitor.evaluate(
      () =>
        Array.from(document.links).filter(({ protocol }) => !/^(?:https?|mailto):$/.test(protocol)).length,
      null,
    );
    if (scripts > 0) found.push([page, `${scripts} links that run`]);
    found.push(
      ...visitor
        .complaints()
        .slice(before)
        .map((one) => [page, one] as [string, string]),
    );
  }
  return found;
}

test('nothing runs on unsealed pages, even without a policy that would stop it', async () => {
  const open = await serveWithoutPolicy(preview.url);
  const visitor = await newVisitor();
  await expectNothingRuns(visitor, open, pages);
  await visitor.close();
  open.close();
});

// A page opened in place is parsed, written out and parsed again, which can turn text into markup.
test('nothing runs on pages opened in place of doors without a policy', async () => {
  const open = await serveWithoutPolicy(host.url);
  const visitor = await newMember(open.url, { worker: 'missing' });
  await visitor.see('html[data-in-place]');
  await expectNothingRuns(visitor, open, entryPages);
  await visitor.close();
  open.close();
});

/** Opens pages, and checks that they request nothing that only a script of an attack would. */
async function expectNothingRuns(
  visitor: Visitor,
  { url, asked }: Awaited<ReturnType<typeof serveWithoutPolicy>>,
  pages: readonly string[],
): Promise<void> {
  expect(await openAll(visitor, url, pages)).toEqual([]);
  expect(asked.length).toBeGreaterThan(pages.length);
  expect(asked.filter((path) => path.includes('/ran/'))).toEqual([]);
  // Makes sure that the test would have noticed.
  await visitor.run(RUN);
  await until('a request', () => Promise.resolve(asked.includes('/ran/') ? { value: true } : null));
}

/** Serves the site at `from` without the policy in the head of its pages, and records the requests. */
async function serveWithoutPolicy(from: string) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    void withoutPolicy(from + (request.url ?? '/').slice(1)).then(({ status, type, body }) =>
      response.writeHead(status, { 'Content-Type': type }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Fetches a page and removes the policy from its head; other files are unchanged. */
async function withoutPolicy(url: string) {
  // The server may be closing the kept-alive connection of the last page, so try again.
  const answer = await fetch(url).catch(() => fetch(url));
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
  const body = type.startsWith('text/html')
    ? (await answer.text()).replace(policy, '')
    : Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type, body };
}

// Only entries: the lists were checked above, without a policy to stop anything.
test('nothing runs behind the gate', async () => {
  const before = host.requests.length;
  const ran = () => host.requests.slice(before).filter((path) => path.includes('/ran/'));
  const visitor = await newMember(host.url);
  expect(await openAll(visitor, host.url, entryPages)).toEqual([]);
  expect(ran()).toEqual([]);
  await visitor.run(RUN);
  await until('a request', () => Promise.resolve(ran().length > 0 ? { value: true } : null));
  await visitor.close();
});
