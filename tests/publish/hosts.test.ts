import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { listFiles } from '../../scripts/lib/folder.ts';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { cachingOf } from '../../scripts/publish/headers.ts';
import { guards } from '../../src/gate/policy.ts';
import { bases, sampleFolder } from '../lib/sample.ts';
import { tokenOf } from '../lib/site.ts';
import { newVisitor } from '../lib/visitor.ts';
import { startNginx, test, type Server } from './servers.ts';

describe.each(bases)('the sample site behind nginx with our settings, at the path "%s"', (base) => {
  const dist = join(sampleFolder(base), 'dist');
  let nginx: Server;
  let url: string;
  beforeAll(async () => {
    const work = join(projectRoot, '.work', 'tests', 'hosts');
    nginx = await startNginx(join(work, 'nginx'), { folder: base ? work : dist, base });
    if (base) cpSync(dist, join(work, base), { recursive: true });
    url = `http://127.0.0.1:${nginx.port}${base}/`;
  });
  afterAll(() => nginx.stop());

  test.each(['index.html', 'talks/', 'root', 'sw.js', 'o/', 'a/', 'robots.txt'])(
    '%s has our headers',
    async (start) => {
      const file = listFiles(dist).find((path) => path.startsWith(start))!;
      const { status, headers } = await fetch(url + file);
      expect(status).toBe(200);
      expect(Object.fromEntries(headers)).toMatchObject(
        lowerCase({ ...guards, 'Cache-Control': cachingOf(file) }),
      );
    },
  );

  test('a missing address is a door with our headers too', async () => {
    const { status, headers } = await fetch(`${url}nowhere/`);
    expect(status).toBe(404);
    expect(Object.fromEntries(headers)).toMatchObject(lowerCase(guards));
    expect((await fetch(`${url}publish/record`)).status).toBe(404);
    // A file that is missing during an upload must not be cached as missing.
    const missing = await fetch(`${url}o/00/${'0'.repeat(32)}`);
    expect(missing.status).toBe(404);
    expect(missing.headers.has('cache-control')).toBe(false);
  });

  test('a member reads and searches there without breaking the policy', async () => {
    const visitor = await newVisitor();
    await visitor.open(`${url}#key=${await tokenOf('anna')}`);
    await visitor.see('html[data-access="open"]');
    const talk = await visitor.attribute('a[href*="/talks/2"]', 'href');
    await visitor.open(new URL(talk!, url).href);
    await visitor.see('html[data-access="open"] article[data-entry]');
    await visitor.open(`${url}search/?q=社群`);
    await visitor.see('[data-search-state="done"] li[data-entry]');
    expect(visitor.complaints()).toEqual([]);
    await visitor.close();
  });
});

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
