import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/lib/temporary-folder.ts';
import { components } from '../../markdown/components/all.ts';
import { loadExamples } from './examples.ts';

function workFolder(): string {
  const work = temporaryFolder();
  vi.stubEnv('KB_CACHE', join(work, 'cache'));
  return work;
}

test('every component has an example that passes the check and shows it alone', async () => {
  const { shown, media } = await loadExamples({ work: workFolder(), base: '' }, []);
  expect(shown.map(({ component }) => component.name)).toEqual([...components.keys()]);
  for (const { component, source, parts } of shown) {
    expect(source).toContain(`<${component.name}`);
    if (component.block && component.name !== 'Pick')
      expect(parts.map((part) => part.component)).toEqual([component.name]);
  }
  expect(new Set(media.map(({ type }) => type.split('/')[0]))).toEqual(new Set(['image', 'audio', 'text']));
});

test('the examples quote a person of the content, with a link to their page', async () => {
  const people = [
    { id: 'later', name: '以后' },
    { id: 'suwan', name: '苏晚', address: '/people/2026-01-01-abcd/' },
  ];
  const { shown } = await loadExamples({ work: workFolder(), base: '/repo' }, people);
  const quote = shown.find(({ component }) => component.name === 'Quote')!;
  expect(quote.source).toContain('who="suwan"');
  expect(JSON.stringify(quote.parts)).toContain('/repo/people/2026-01-01-abcd/');
});
