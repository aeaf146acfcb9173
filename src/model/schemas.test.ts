import { parse } from 'yaml';
import { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { circlesOf, tiersOf } from './audience.ts';
import { FORMS } from './form.ts';
import { schemas } from './schemas.ts';
import { seriesSchema } from './series.ts';
import { startSchema } from './start.ts';
import { suggestionsSchema } from './suggestions.ts';
import { synonymsSchema } from './synonyms.ts';
import { tiersSchema } from './tiers.ts';
import { topicsSchema } from './topics.ts';

const least = {
  talks: { title: 't', date: '2026-01-01', speakers: ['a'] },
  breakdowns: {
    title: 't',
    date: '2026-01-01',
    for: 'x',
    work: { kind: 'book', title: 't', authors: ['a'], publisher: 'p', year: 2020 },
  },
  discussions: { title: 't', date: '2026-01-01', question: 'q', asked_by: 'a', week: '2026-W01' },
  teardowns: { title: 't', date: '2026-01-01', case: { name: 'n', channel: 'app', period: 'p' } },
  notes: { title: 't', date: '2026-01-01' },
  digests: { title: 't', date: '2026-01-01', week: '2026-W01' },
  people: { name: 'n', role: 'r', joined: '2026-01-01' },
} as const;

describe.each(FORMS)('%s', (form) => {
  test('accepts the required fields alone, and refuses when one is missing', () => {
    expect(schemas[form].safeParse(least[form]).success).toBe(true);
    for (const field of Object.keys(least[form])) {
      const rest = Object.fromEntries(Object.entries(least[form]).filter(([key]) => key !== field));
      expect(schemas[form].safeParse(rest).success, field).toBe(false);
    }
  });

  test('refuses an unknown field at any depth', () => {
    expect(schemas[form].safeParse({ ...least[form], titel: 'x' }).success).toBe(false);
    for (const [field, value] of Object.entries<unknown>(least[form])) {
      if (typeof value !== 'object' || Array.isArray(value) || !value) continue;
      const inner = { ...value };
      const changed = { ...least[form], [field]: { ...inner, titel: 'x' } };
      expect(schemas[form].safeParse(changed).success, field).toBe(false);
    }
  });

  test('is for members unless it says otherwise', () => {
    expect(schemas[form].parse(least[form]).access).toBe('members');
  });
});

test('an entry has at most twenty former addresses, because each is a page', () => {
  const aliases = (count: number) => Array.from({ length: count }, (_, at) => `was-${at}`);
  expect(schemas.notes.safeParse({ ...least.notes, aliases: aliases(20) }).success).toBe(true);
  expect(schemas.notes.safeParse({ ...least.notes, aliases: aliases(21) }).success).toBe(false);
});

test('every field has a Chinese sentence for its writer', () => {
  const silent: string[] = [];
  const visit = (schema: unknown, path: string) => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, field] of Object.entries((schema as { properties?: object }).properties ?? {})) {
      const { description = '' } = field as { description?: string };
      if (!/\p{Script=Han}/u.test(description)) silent.push(`${path}.${key}`);
    }
    for (const [key, inner] of Object.entries(schema as Record<string, unknown>))
      visit(inner, `${path}.${key}`);
  };
  const lists = {
    topics: topicsSchema,
    series: seriesSchema,
    start: startSchema,
    suggestions: suggestionsSchema,
    tiers: tiersSchema,
    synonyms: synonymsSchema,
  };
  for (const [name, schema] of Object.entries({ ...schemas, ...lists })) {
    visit(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), name);
  }
  expect(silent).toEqual([]);
});

test('a series needs a number, and a number needs a series', () => {
  expect(schemas.notes.safeParse({ ...least.notes, series: 'a' }).success).toBe(false);
  expect(schemas.notes.safeParse({ ...least.notes, number: 1 }).success).toBe(false);
  expect(schemas.notes.safeParse({ ...least.notes, series: 'a', number: 1 }).success).toBe(true);
});

test('a single value is read as a list of one', () => {
  const { role, people } = schemas.notes.parse({
    ...least.notes,
    role: 'user',
    people: { host: 'a', guest: ['b', 'c'] },
  });
  expect(role).toEqual(['user']);
  expect(people).toEqual({ host: ['a'], guest: ['b', 'c'] });
});

test('the period of a case may be a year without quotes', () => {
  const period = (written: string) =>
    schemas.teardowns.safeParse({
      ...least.teardowns,
      case: { ...least.teardowns.case, period: parse(written) as unknown },
    }).data?.case.period;
  expect(['2024', '"2024"', '2024-05', '2024 年', '20245', '2024.5', 'true'].map(period)).toEqual([
    '2024',
    '2024',
    '2024-05',
    '2024 年',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a tier reads what the tiers below it read, and the public only what is public', () => {
  const tiers = tiersOf([{ id: 'patrons' }, { id: 'board' }]);
  expect(circlesOf('public', tiers)).toEqual(['public']);
  expect(circlesOf('members', tiers)).toEqual(['public', 'members']);
  expect(circlesOf('board', tiers)).toEqual(['public', 'members', 'patrons', 'board']);
  expect(() => circlesOf('gold', tiers)).toThrow(/"gold"/);
});

test.each([
  ['{ patrons: { name: 深度会员 } }', true],
  ['{ public: { name: 所有人 } }', false],
  ['{ members: { name: 会员 } }', false],
  ['{ 深度: { name: 深度会员 } }', false],
  ['{ 2026: { name: 深度会员 } }', false],
  ['{ patrons: 深度会员 }', false],
])('a tiers.yaml of %s is accepted: %s', (yaml, isTaken) => {
  expect(tiersSchema.safeParse(parse(yaml)).success).toBe(isTaken);
});
