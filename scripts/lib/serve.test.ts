import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/lib/temporary-folder.ts';
import { serve, serveUntilStopped } from './serve.ts';

test('a file that can’t be opened ends its request, but not the server', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.html'), '<p>here</p>');
  // A socket can't be opened like a file.
  const socket = createServer().listen(join(folder, 'socket.txt'));
  const { url, close } = await serve({ folder, base: '', port: 0 });
  await expect(fetch(`${url}socket.txt`).then((answer) => answer.text())).rejects.toThrow();
  expect(await (await fetch(url)).text()).toBe('<p>here</p>');
  await close();
  socket.close();
});

test('the site’s folder without its slash redirects to the one with it, and keeps the query', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.html'), '<p>here</p>');
  const { url, close } = await serve({ folder, base: '/kb', port: 0 });
  const ask = (path: string) => fetch(new URL(path, url), { redirect: 'manual' });
  const answers = await Promise.all(['/kb', '/kb?from=chat', '/kb/?from=chat', '/kbx', '/'].map(ask));
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [301, '/kb/'],
    [301, '/kb/?from=chat'],
    [200, null],
    [404, null],
    [404, null],
  ]);
  await close();
});

test('an error once the address is known stops the server too', async () => {
  let served = '';
  const serving = serveUntilStopped({ folder: temporaryFolder(), base: '', port: 0 }, (url) => {
    served = url;
    throw new Error('no link');
  });
  await expect(serving).rejects.toThrow('no link');
  await expect(fetch(served)).rejects.toThrow();
});
