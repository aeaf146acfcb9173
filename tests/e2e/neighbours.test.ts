import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { newMember } from '../lib/member.ts';
import { servePlain, type PlainHost } from '../lib/plain-host.ts';
import { sampleFolder, type Base } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { patience, type Visitor } from '../lib/visitor.ts';

const folder = join(projectRoot, '.work', 'tests', 'neighbours');
let host: PlainHost;

/** Copies the files of a sample site to the host, except for one. */
function layOut(base: Base, without?: string): void {
  const dist = join(sampleFolder(base), 'dist');
  mkdirSync(join(folder, base), { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name !== without) symlinkSync(join(dist, name), join(folder, base, name));
  }
}

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  layOut('');
  host = await servePlain(folder, '');
});
afterAll(() => host.close());

const ways = [
  { name: 'with its worker', without: undefined, workers: ['/', '/repo/'] },
  { name: 'in place, under the worker of the other', without: 'sw.js', workers: ['/'] },
];

describe.each(ways)('a site below another on one origin $name', ({ without, workers }) => {
  let visitor: Visitor;
  const below = (path = '') => `${host.url}repo/${path}`;

  beforeAll(async () => {
    rmSync(join(folder, 'repo'), { recursive: true, force: true });
    layOut('/repo', without);
    visitor = await newMember(host.url);
  });
  afterAll(() => visitor.close());

  const scopes = () =>
    visitor.evaluate(async () => {
      const registrations = await navigator.serviceWorker.getRegistrations();
      return registrations.map(({ scope }) => new URL(scope).pathname).sort();
    }, null);

  /**
   * Waits until the workers are as expected: a door makes the browser look for its worker, which is listed until it
   * turns out to be missing.
   */
  const settle = (wanted: string[]) =>
    vi.waitFor(async () => expect(await scopes()).toEqual(wanted), { timeout: patience });

  test('opens to its members next to the other', async () => {
    await visitor.open(below(`#key=${await tokenOf('anna')}`));
    await visitor.see('html[data-access="open"][data-base="/repo/"]');
    await visitor.open(below('topics/'));
    await visitor.see('html[data-access="open"][data-base="/repo/"] main h1');
    await settle(workers);
    await visitor.open(below(`search/?q=${encodeURIComponent('社群')}`));
    await visitor.see('ol[data-search-results] > li[data-entry]');
  });

  test('leaves its members in at the other when they log out', async () => {
    await visitor.open(below('account/'));
    await visitor.click('log-out button');
    await visitor.see('html[data-access="locked"][data-base="/repo/"] gate-door[data-state="idle"]');
    await settle(['/']);
    await visitor.open(`${host.url}topics/`);
    await visitor.see('html[data-access="open"][data-base="/"] main h1');
    expect(await visitor.attribute('html', 'data-in-place')).toBeNull();
  });

  test('stays open to members who log out of the other', async () => {
    await visitor.open(below(`#key=${await tokenOf('anna')}`));
    await visitor.see('html[data-access="open"][data-base="/repo/"]');
    await visitor.open(`${host.url}account/`);
    await visitor.click('log-out button');
    await visitor.see('html[data-access="locked"][data-base="/"] gate-door[data-state="idle"]');
    await visitor.open(below('topics/'));
    await visitor.see('html[data-access="open"][data-base="/repo/"] main h1');
  });
});
