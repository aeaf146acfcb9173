import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { sendMedia } from './media.ts';

/** Asks for a file through a server that answers with {@link sendMedia}. */
async function ask(text: string, range?: string) {
  const file = join(temporaryFolder(), 'talk.mp3');
  writeFileSync(file, text);
  const server = createServer((request, response) => {
    sendMedia({ path: '/media/talk.mp3', file, type: 'audio/mpeg', entries: [] }, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: range === undefined ? {} : { range } });
  return [answer.status, answer.headers.get('content-range'), await answer.text()];
}

test.each([
  [undefined, 200, null, '0123456789'],
  ['bytes=0-1', 206, 'bytes 0-1/10', '01'],
  ['bytes=7-', 206, 'bytes 7-9/10', '789'],
  ['bytes=-3', 206, 'bytes 7-9/10', '789'],
  ['bytes=7-99', 206, 'bytes 7-9/10', '789'],
  ['bytes=99-', 416, 'bytes */10', ''],
])('a recording in the preview is answered like by the worker: %s', async (range, ...expected) => {
  expect(await ask('0123456789', range)).toEqual(expected);
});

test('an empty file is answered too', async () => {
  expect(await ask('')).toEqual([200, null, '']);
});
