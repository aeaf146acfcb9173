import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeFiles } from '../../tests/lib/site.ts';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { openBucket } from './s3.ts';

let server: Server;
let asked: string[];
let endpoint: string;
/** A store that takes every file but those whose names begin with `bad`. */
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume().on('end', () => response.writeHead(request.url?.includes('/bad') ? 403 : 200).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key');
});
afterEach(() => server.close());

test('a store that refuses a file is sent no more of them', async () => {
  const names = ['bad', ...Array.from({ length: 200 }, (_, i) => `good-${i}`)];
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, name])));
  const bucket = openBucket(`s3://bucket?endpoint=${endpoint}&path-style=true`);
  await expect(bucket.write(folder, names)).rejects.toThrow('publish: bucket bucket');
  const sent = asked.length;
  // As long as sending some more would take.
  for (let i = 0; i < 5; i++) await bucket.write(folder, ['good-0']);
  expect(asked.length).toBe(sent + 5);
  expect(sent).toBeLessThan(names.length);
});
