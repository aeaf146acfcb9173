import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newMember } from '../lib/member.ts';
import { inPlace } from '../lib/modes.ts';
import { servePlain } from '../lib/sample.ts';
import { build, testSite, withContent, writeFiles, type TestSite } from '../lib/site.ts';
import { noteOf } from '../lib/tiny.ts';
import type { Visitor } from '../lib/visitor.ts';

const content = {
  'notes/first.mdx': noteOf({ title: '第一则', more: 'slug: first\n' }),
  'notes/second.mdx': noteOf({ title: '第二则', more: 'slug: second\n' }),
};

/** Two builds of one site: between them ben was removed, and a note came. */
async function buildTwice(): Promise<TestSite> {
  const site = withContent(testSite('rotation'), content);
  writeFiles(site.folder, { 'members.yaml': '- id: anna\n- id: ben\n' });
  await build({ ...site, env: { ...site.env, KB_NUMBER: '1' } });
  cpSync(site.out, join(site.folder, 'before'), { recursive: true });
  writeFiles(site.folder, {
    'members.yaml': '- id: anna\n- id: ben\n  removed: 2026-11-21\n',
    'content/notes/third.mdx': noteOf({ title: '第三则', more: 'slug: third\n' }),
  });
  await build({ ...site, env: { ...site.env, KB_NUMBER: '2' } });
  cpSync(site.out, join(site.folder, 'after'), { recursive: true });
  return site;
}

let site: TestSite;
beforeAll(async () => {
  site = await buildTwice();
});

const here = [
  { name: 'with the worker', options: {} },
  { name: 'in place', options: inPlace.visitor },
];

describe.each(here)('a new epoch meets an open browser $name', ({ options }) => {
  let host: Awaited<ReturnType<typeof servePlain>>;
  let anna: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    publish('before');
    host = await servePlain(join(site.folder, 'live'), '');
    anna = await enter('anna');
    ben = await enter('ben');
    publish('after');
  });
  afterAll(async () => {
    await anna.close();
    await ben.close();
    await host.close();
  });

  function publish(version: 'before' | 'after'): void {
    const live = join(site.folder, 'live');
    rmSync(live, { recursive: true, force: true });
    cpSync(join(site.folder, version), live, { recursive: true });
  }

  const enter = (id: string): Promise<Visitor> => newMember(host.url, options, id);

  test('who is still a member reads on without being asked', async () => {
    await anna.open(`${host.url}notes/third/`);
    expect(await anna.text('article[data-entry="notes/third"] h1')).toBe('第三则');
  });

  test('who was removed is told since when, and opens nothing more', async () => {
    await ben.open(`${host.url}notes/third/`);
    expect(await ben.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('removed');
    expect(await ben.text('[role="alert"]')).toContain('2026年11月21日');
    await ben.open(`${host.url}notes/first/`);
    expect(await ben.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('removed');
  });

  test('a host that goes back to an older build is refused, until it comes forward again', async () => {
    publish('before');
    await anna.open(`${host.url}notes/second/`);
    expect(await anna.attribute('[role="alert"][data-reason]', 'data-reason')).toBe('offline');
    expect(await anna.attribute('html', 'data-access')).toBe('locked');
    publish('after');
    await anna.reload();
    expect(await anna.text('article[data-entry="notes/second"] h1')).toBe('第二则');
  });
});
