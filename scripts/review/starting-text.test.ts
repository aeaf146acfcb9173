import { expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { spotsIn } from '../../src/markdown/spot.ts';
import { FORMS, type Form } from '../../src/model/form.ts';
import { startingBody } from '../entry/bodies.ts';
import { startingTextReview } from './starting-text.ts';

function review(form: Form, source: string, draft = false) {
  return startingTextReview({ form, data: { draft } } as Entry, {
    source,
    placeAt: spotsIn(source),
  });
}

test.each(FORMS)('the starting text of %s is reported once the entry is not a draft', (form) => {
  const values = { date: '2026-11-20', speakers: 'linxia', asked_by: 'linxia', 'people.editor': 'linxia' };
  const source = startingBody(form, values);
  expect(review(form, source).length).toBeGreaterThan(0);
  expect(review(form, source, true)).toEqual([]);
});

test('reports the place of a starting text, and no other text', () => {
  const source =
    '---\ntitle: 甲\n---\n\n自己的话。\n\n1. 第一步\n\n<Callout type="tip">\n  最容易做错的一处。\n</Callout>\n';
  expect(review('notes', source)).toEqual([
    {
      rule: 'starting-text',
      level: 'warning',
      line: 10,
      column: 3,
      message: '“最容易做错的一处。”是新建时的提示，还没有换成正文',
      fix: '写上自己的内容，或者删掉这一处',
    },
  ]);
});
