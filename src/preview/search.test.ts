import { expect, onTestFinished, test, vi } from 'vitest';
import { noteText, tinyFolder } from '../markdown/testing.ts';
import { LiveSearch } from './search.ts';

test('recovers with the next change after a page could not be read', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const content = await tinyFolder({ 'notes/a.mdx': noteText('一') }).load();
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
