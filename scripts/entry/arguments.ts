import { zhCN } from '../../src/i18n/zh-cn.ts';
import { FORMS, isForm, type Form } from '../../src/model/form.ts';
import { CommandError } from '../lib/main.ts';
import { fieldsOf, type Field } from '../../src/model/form-fields.ts';
import { readValue, type Values } from './values.ts';
import { neededFields, titleOf, withDefaults } from './write.ts';

/** The word for one piece of each form: the folder is `talks`, one piece is a `talk`. */
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

/** Returns the form for a word in the singular or plural. */
export function formOf(word: string | undefined): Form | undefined {
  if (word !== undefined && isForm(word)) return word;
  return FORMS.find((form) => SINGULAR[form] === word);
}

/**
 * As {@link formOf}, but requires a form.
 *
 * @throws CommandError (2) listing the forms
 */
export function requireForm(word: string | undefined): Form {
  const form = formOf(word);
  if (form) return form;
  const named = FORMS.map((one) => `${SINGULAR[one]}（${zhCN.forms[one].name}）`).join('、');
  throw new CommandError(
    word === undefined
      ? `写哪种形式？可以写 ${named}（--help 看用法）`
      : `没有形式 “${word}” → 可以写 ${named}`,
    2,
  );
}

const oneLiners = (form: Form) => fieldsOf(form).filter(({ kind }) => kind !== 'objects');

/** Returns a flag for each field of any form, for `parseArgs`. */
export function fieldFlags(): Record<string, { type: 'string' }> {
  const paths = FORMS.flatMap(oneLiners).map(({ path }) => path);
  return Object.fromEntries(paths.map((path) => [path, { type: 'string' } as const]));
}

/**
 * Reads front matter from flags.
 *
 * @param others - flags that are not fields
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

/**
 * Lists the fields of a form for `--help`: required ones first, then those with a default, then the rest, and last those
 * that no flag can give.
 */
export function describeFields(form: Form): string {
  const filled = new Set(Object.keys(withDefaults(form, {}, '2026-11-22')));
  const needed = new Set(neededFields(form).map(({ path }) => path));
  const isNeeded = (path: string) => needed.has(path) && !filled.has(path);
  const rank = ({ path }: Field) => (isNeeded(path) ? 0 : filled.has(path) ? 1 : 2);
  const flags = oneLiners(form)
    .filter(({ path }) => path !== titleOf(form))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ path, sentence }) => {
      const note = isNeeded(path) ? '（必须）' : filled.has(path) ? '（不写就替你填上）' : '';
      return `  --${path}${note}  ${sentence}`;
    });
  const others = fieldsOf(form)
    .filter(({ kind }) => kind === 'objects')
    .map(({ path, sentence }) => `  ${path}（只能写在文件里）  ${sentence}`);
  return [...flags, ...others].join('\n');
}

/** Returns the word for one piece of a form, as used in commands. */
export const wordOf = (form: Form) => SINGULAR[form];
