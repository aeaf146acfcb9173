import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';

test('a body that the disk has no room for leaves no file that the next build would take for it', () => {
  const folder = temporaryFolder();
  const script = `
    import { cardOf } from ${JSON.stringify(new URL('catalogue.ts', import.meta.url).href)};
    import { Cache } from ${JSON.stringify(new URL('../markdown/cache.ts', import.meta.url).href)};
    const entry = { html: 'a'.repeat(100_000), parts: [], data: {} };
    cardOf(entry, new Cache(process.argv[1]));
  `;
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 8 && exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script, folder],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([1, expect.stringContaining('EFBIG')]);
  expect(readdirSync(folder).filter((file) => file.endsWith('.json'))).toEqual([]);
});
