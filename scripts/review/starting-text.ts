import type { Entry } from '../../src/markdown/content.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import { FORMS, type Form } from '../../src/model/form.ts';
import { startingBody } from '../entry/bodies.ts';
import type { Places } from './places.ts';

/** Shorter lines ("第一步") could be what a writer means. */
const TELLING = 6;

const anybody = { date: '2026-01-05', speakers: 'x', asked_by: 'x', 'people.editor': 'x' };
const startingTexts = new Map<Form, ReadonlySet<string>>(
  FORMS.map((form) => [
    form,
    new Set(
      startingBody(form, anybody)
        .split('\n')
        .map(withoutMark)
        .filter((text) => text.length >= TELLING && !/^[<#]/.test(text)),
    ),
  ]),
);

/** Reports hints that `npm run new` has written and that are still in the body; only a draft may contain them. */
export function startingTextReview(
  { form, data }: Entry,
  { source, placeAt }: Pick<Places, 'source' | 'placeAt'>,
): LocalFinding[] {
  if (data.draft) return [];
  const findings: LocalFinding[] = [];
  let offset = 0;
  for (const line of source.split('\n')) {
    const text = withoutMark(line);
    if (startingTexts.get(form)!.has(text)) {
      findings.push({
        rule: 'starting-text',
        level: 'warning',
        ...placeAt(offset + line.indexOf(text)),
        message: `“${text}”是新建时的提示，还没有换成正文`,
        fix: '写上自己的内容，或者删掉这一处',
      });
    }
    offset += line.length + 1;
  }
  return findings;
}

/** Removes the mark of a list or task at the beginning of a line. */
function withoutMark(line: string): string {
  return line.trim().replace(/^(?:-|\d+\.)\s+(?:\[ \]\s+)?/, '');
}
