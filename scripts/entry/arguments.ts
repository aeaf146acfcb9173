import { FORMS, isForm, type Form } from '../../src/model/form.ts';
import { CommandError } from '../lib/main.ts';
import { fieldsOf, type Field } from '../../src/model/form-fields.ts';
import { readValue, type Values } from './values.ts';
import { neededFields, titleOf, withDefaults } from './write.ts';

/** Forms as people say them: one piece is a `talk`, the folder is `talks`. */
const SINGULAR: Record<Form, string> = {
  talks: 'talk',
  breakdowns: 'breakdown',
  discussions: 'discussion',
  teardowns: 'teardown',
  notes: 'note',
  digests: 'digest',
  people: 'person',
};

export const formWords = Object.values(SINGULAR);

/** The form that a word names, in the singular or the plural. */
export function formOf(word: string | undefined): Form | undefined {
  if (word !== undefined && isForm(word)) return word;
  return FORMS.find((form) => SINGULAR[form] === word);
}

/**
 * A form that has to be there.
 *
 * @throws CommandError (2) naming the forms
 */
export function requireForm(word: string | undefined): Form {
  const form = formOf(word);
  if (form) return form;
  throw new CommandError(
    word === undefined
      ? `写哪种形式？可以写 ${formWords.join('、')}（--help 看用法）`
      : `没有形式 “${word}” → 可以写 ${formWords.join('、')}`,
    2,
  );
}

const oneLiners = (form: Form) => fieldsOf(form).filter(({ kind }) => kind !== 'objects');

/** A flag for each field of any form, for `parseArgs`. */
export function fieldFlags(): Record<string, { type: 'string' }> {
  const paths = FORMS.flatMap(oneLiners).map(({ path }) => path);
  return Object.fromEntries(paths.map((path) => [path, { type: 'string' } as const]));
}

/**
 * The front matter that flags give.
 *
 * @param others - flags that are no fields
 * @throws CommandError (2) for a field that the form doesn't have
 */
export function readFields(
  form: Form,
  title: string | undefined,
  flags: Record<string, unknown>,
  others: readonly string[],
): Values {
  const fields = new Map(oneLiners(form).map((field) => [field.path, field]));
  const values: Values = title === undefined ? {} : { [titleOf(form)]: title };
  for (const [path, text] of Object.entries(flags)) {
    if (others.includes(path) || typeof text !== 'string') continue;
    const field = fields.get(path);
    if (!field) {
      throw new CommandError(
        `${SINGULAR[form]} 没有 --${path} → npm run new -- ${SINGULAR[form]} --help 列出能写的`,
        2,
      );
    }
    values[path] = readValue(field, text);
  }
  return values;
}

/** The fields of a form for `--help`: those that have to be given first, then those that are filled in. */
export function describeFields(form: Form): string {
  const filled = new Set(Object.keys(withDefaults(form, {}, '2026-11-22')));
  const needed = new Set(neededFields(form).map(({ path }) => path));
  const isNeeded = (path: string) => needed.has(path) && !filled.has(path);
  const rank = ({ path }: Field) => (isNeeded(path) ? 0 : filled.has(path) ? 1 : 2);
  return oneLiners(form)
    .filter(({ path }) => path !== titleOf(form))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ path, sentence }) => {
      const note = isNeeded(path) ? '（必须）' : filled.has(path) ? '（不写就替你填上）' : '';
      return `  --${path}${note}  ${sentence}`;
    })
    .join('\n');
}

/** The word for one piece of a form, as commands have it. */
export const wordOf = (form: Form) => SINGULAR[form];
