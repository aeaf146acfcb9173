import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { noteOf } from '../../tests/lib/tiny.ts';
import { tinyFolder } from '../markdown/testing.ts';
import { LiveSearch } from './search.ts';

test('recovers with the next change after a page could not be read', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const content = await tinyFolder({ 'notes/a.mdx': noteOf({ body: '一' }) }).load();
  const page = '<article data-entry="notes/a"><h1>一则</h1><p>正文</p></article>';
  const pageAt = vi.fn(() => Promise.resolve(page)).mockRejectedValueOnce(new Error('cut off'));
  const search = new LiveSearch(pageAt);
  onTestFinished(() => search.close());

  void search.follow(['/notes/a/'], content);
  await expect(search.file('public/catalog.json')).rejects.toThrow('cut off');
  void search.follow([], content);
  const catalog = await search.file('public/catalog.json');
  expect(new TextDecoder().decode(catalog)).toContain('notes/a');
});

test('starts another worker with all pages when one dies, and says so', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const workers = vi.spyOn(Worker.prototype, 'postMessage').mock.contexts as Worker[];
  const content = await tinyFolder({ 'notes/a.mdx': noteOf({ body: '一' }) }).load();
  const search = new LiveSearch((address) =>
    Promise.resolve(`<article data-entry="${address.slice(1, -1)}"><h1>一则</h1><p>正文</p></article>`),
  );
  onTestFinished(() => search.close());
  const catalog = async () => new TextDecoder().decode(await search.file('public/catalog.json'));

  // While it works, and before it was ever ready.
  const first = search.follow(['/notes/a/'], content);
  // At once, before it is done.
  await vi.waitUntil(() => workers.length === 1, { timeout: 10_000, interval: 1 });
  await workers[0]!.terminate();
  expect(await first).toBe(true);
  expect(await catalog()).toContain('notes/a');
  expect(said.mock.calls).toEqual([['预览里的搜索停了，重新启动']]);

  // While it has nothing to do.
  await workers[1]!.terminate();
  expect(await search.follow(['/notes/b/'], content)).toBe(true);
  expect(await catalog()).toContain('notes/a');
  expect(workers).toHaveLength(3);
  expect(said).toHaveBeenCalledTimes(2);
});

test('starts no other worker when it is closed while it works', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const workers = vi.spyOn(Worker.prototype, 'postMessage').mock.contexts as Worker[];
  const content = await tinyFolder({ 'notes/a.mdx': noteOf({ body: '一' }) }).load();
  const search = new LiveSearch(() =>
    Promise.resolve('<article data-entry="notes/a"><h1>一则</h1></article>'),
  );
  onTestFinished(() => search.close());
  const indexing = search.follow(['/notes/a/'], content);
  await vi.waitUntil(() => workers.length === 1, { timeout: 10_000, interval: 1 });
  await search.close();
  expect(await indexing).toBe(false);
  expect(workers).toHaveLength(1);
});
