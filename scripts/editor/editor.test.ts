import { z } from 'astro/zod';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMS } from '../../src/model/form.ts';
import { schemas } from '../../src/model/schemas.ts';
import { seriesSchema } from '../../src/model/series.ts';
import { startSchema } from '../../src/model/start.ts';
import { suggestionsSchema } from '../../src/model/suggestions.ts';
import { synonymsSchema } from '../../src/model/synonyms.ts';
import { tiersSchema } from '../../src/model/tiers.ts';
import { topicsSchema } from '../../src/model/topics.ts';
import { projectRoot } from '../lib/settings.ts';
import { componentSnippets } from './snippets.ts';

// The editor's files are made from the model: `vitest -u` writes them.
const folder = join(projectRoot, '.vscode');
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const lists = {
  topics: topicsSchema,
  series: seriesSchema,
  start: startSchema,
  synonyms: synonymsSchema,
  suggestions: suggestionsSchema,
  tiers: tiersSchema,
};

test('there is a snippet for every component', async () => {
  await expect(json(componentSnippets())).toMatchFileSnapshot(join(folder, 'components.code-snippets'));
});

test.each(Object.entries({ ...schemas, ...lists }))(
  'the schema of %s is that of the model',
  async (name, schema) => {
    const written = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
    await expect(json(written)).toMatchFileSnapshot(join(folder, 'schemas', `${name}.json`));
  },
);

test('the editor’s settings name the schema of every list', () => {
  const settings = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as {
    'yaml.schemas': Record<string, string>;
  };
  const named = Object.entries(settings['yaml.schemas']);
  expect(named).toEqual(
    Object.keys(lists).map((name) => [`./.vscode/schemas/${name}.json`, `content/${name}.yaml`]),
  );
  expect(FORMS.every((form) => form in schemas)).toBe(true);
});
