import type { Entry } from '../../src/markdown/content.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import { FORMS, type Form } from '../../src/model/form.ts';
import { startingBody } from '../entry/bodies.ts';
import type { Places } from './review.ts';

/** A shorter line ("第一步") is one that a writer may mean. */
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

/** Reviews what `npm run new` has written in a body to say what belongs there: only a draft may still say it. */
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

/** A line without the mark of a list or a task before it. */
function withoutMark(line: string): string {
  return line.trim().replace(/^(?:-|\d+\.)\s+(?:\[ \]\s+)?/, '');
}
