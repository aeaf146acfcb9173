import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readEnvironment } from '../environment.ts';
import { noteOf } from '../../tests/lib/tiny.ts';
import { tinyFolder } from '../markdown/testing.ts';

test('pages follow each change to a file, and keep their last good state while the file has an error', async () => {
  const { root, around } = tinyFolder({
    'notes/a.mdx': noteOf({ body: '一' }),
    'notes/b.mdx': noteOf({ body: '二' }),
  });
  vi.stubEnv('KB_CONTENT', root);
  vi.stubEnv('KB_WORK', around);
  vi.stubEnv('KB_CACHE', join(around, 'work'));
  vi.stubEnv('KB_DATE', '2026-11-22');
  const [{ LiveContent }, { handedOver }] = await Promise.all([
    import('./live.ts'),
    import('../library/handover.ts'),
  ]);
  const live = new LiveContent(readEnvironment());
  const write = (name: string, text: string) => writeFileSync(join(root, `notes/${name}.mdx`), text);
  const shown = () => handedOver()!.cards.map(({ id, length }) => `${id} ${length.han}`);

  expect((await live.reload()).addresses).toEqual(['/notes/a/', '/notes/b/']);
  expect(await live.reload()).toEqual({ addresses: [], isVisible: false });

  write('b', noteOf({ body: '二二' }));
  expect((await live.reload()).addresses).toEqual(['/notes/b/']);
  expect(shown()).toEqual(['notes/a 1', 'notes/b 2']);

  write('b', noteOf({ body: '{错}' }));
  expect(await live.reload()).toEqual({ addresses: [], isVisible: false });
  expect(live.findings.map(({ rule, line }) => `${line} ${rule}`)).toEqual(['5 expression']);
  expect(live.kept).toEqual([join(root, 'notes/b.mdx')]);
  expect(shown()).toEqual(['notes/a 1', 'notes/b 2']);

  write('b', noteOf({ body: '三三三' }));
  expect((await live.reload()).addresses).toEqual(['/notes/b/']);
  expect([live.findings, live.kept]).toEqual([[], []]);

  rmSync(join(root, 'notes/a.mdx'));
  expect((await live.reload()).addresses).toEqual(['/notes/a/']);
  expect(shown()).toEqual(['notes/b 3']);
});
