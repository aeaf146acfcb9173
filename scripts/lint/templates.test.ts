import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'astro/zod';
import { parse } from 'yaml';
import { projectRoot } from '../lib/settings.ts';

/** The schema of GitHub's issue forms, as far as ours use it. GitHub silently ignores a form that breaks it. */
const text = z.string().min(1);
const id = z.string().regex(/^[\w-]+$/);
const validations = z.strictObject({ required: z.boolean() }).optional();
const about = { label: text, description: text.optional() };
const form = z.strictObject({
  name: text,
  description: text,
  title: text.optional(),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
      z.strictObject({
        type: z.enum(['input', 'textarea']),
        id,
        attributes: z.strictObject({ ...about, placeholder: text.optional() }),
        validations,
      }),
      z.strictObject({
        type: z.literal('dropdown'),
        id,
        attributes: z.strictObject({ ...about, options: z.array(text).min(1) }),
        validations,
      }),
      z.strictObject({
        type: z.literal('checkboxes'),
        id,
        attributes: z.strictObject({ ...about, options: z.array(z.strictObject({ label: text })).min(1) }),
      }),
    ]),
  ),
});

const folder = join(projectRoot, '.github/ISSUE_TEMPLATE');
const forms = readdirSync(folder).filter((name) => name !== 'config.yml');

test('a topic, a book and a guest can be suggested', () => {
  expect(forms.sort()).toEqual(['book.yml', 'guest.yml', 'topic.yml']);
});

test.each(forms)('%s is a form that GitHub accepts', (name) => {
  const { body } = form.parse(parse(readFileSync(join(folder, name), 'utf8')));
  const ids = body.flatMap((field) => ('id' in field ? [field.id] : []));
  expect(new Set(ids).size).toBe(ids.length);
});
