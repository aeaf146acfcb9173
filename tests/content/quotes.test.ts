import { expect, test } from 'vitest';
import type { Entry } from '../../src/markdown/content.ts';
import { parseTime } from '../../src/model/time.ts';
import { sampleContent } from '../lib/sample.ts';

test('each quote of a talk is in the transcript word for word, at the times that it gives', async () => {
  const talks = (await sampleContent('')).entries.filter(
    (entry): entry is Entry<'talks'> => entry.form === 'talks',
  );
  expect(talks.length).toBeGreaterThanOrEqual(4);
  for (const talk of talks) {
    const end = parseTime(talk.data.duration ?? '0:00');
    for (const { who, text, from, to } of talk.quotes) {
      const at = talk.lines.findIndex((line) => line.who === who && line.text.includes(text));
      const start = talk.lines[at]?.t;
      expect(start, `${talk.id}: ${text}`).toBe(from);
      expect(to, `${talk.id}: ${text}`).toBe(talk.lines[at + 1]?.t ?? end);
    }
  }
});

test('each quote of another form stands in the text, is by an author, or names its source', async () => {
  const { entries } = await sampleContent('');
  for (const { id, form, data, text, quotes } of entries) {
    if (form === 'talks' || form === 'people') continue;
    const authors = [data.people.author].flat();
    for (const quote of quotes) {
      const isRepeated = text.split(quote.text).length > 2;
      expect(
        isRepeated || authors.includes(quote.who) || quote.source !== undefined,
        `${id}: ${quote.text}`,
      ).toBe(true);
    }
  }
});
