import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compile } from '../../src/markdown/compile.ts';
import { SLUG } from '../../src/model/fields.ts';
import { formatFinding, type Finding } from '../../src/model/finding.ts';
import type { Form } from '../../src/model/form.ts';
import { isDate, weekOf } from '../../src/model/week.ts';
import { asTyped } from '../../src/markdown/folder.ts';
import { readContent } from '../lib/content.ts';
import { CommandError } from '../lib/main.ts';
import type { Settings } from '../lib/settings.ts';
import { composeEntry } from './compose.ts';
import { fieldsOf, type Field } from '../../src/model/form-fields.ts';
import type { Values } from './values.ts';
import { drawSlug, spell } from './name.ts';

export interface Draft {
  form: Form;
  values: Values;
  /** Name of the file or folder; by default spelled from the title. */
  name?: string | undefined;
  body: string;
  /** Files beside the entry, by name. */
  files?: ReadonlyMap<string, Uint8Array>;
}

type Where = Pick<Settings, 'content' | 'cache' | 'date' | 'base'>;

/** Fields that a form's starting body needs, although its schema doesn't. */
const ALSO: Partial<Record<Form, string>> = { digests: 'people.editor' };

/** Returns the name of the field that holds an entry's title. */
export const titleOf = (form: Form) => (form === 'people' ? 'name' : 'title');

/** Returns the fields that have to be given for an entry of this form, as they have no default. */
export function neededFields(form: Form): Field[] {
  return fieldsOf(form).filter(({ path, required }) => required || path === ALSO[form]);
}

/** Adds the fields that have a default: date, week, a random slug for members' entries, and draft. */
export function withDefaults(form: Form, values: Values, today: string): Values {
  const day = form === 'people' ? 'joined' : 'date';
  const date = typeof values[day] === 'string' ? values[day] : today;
  const hasWeek = form === 'discussions' || form === 'digests';
  return {
    [day]: date,
    // An invalid date gets no slug and no week, so that it is reported only once.
    ...(values.access === 'public' || !isDate(date) ? {} : { slug: drawSlug(date) }),
    ...(hasWeek && isDate(date) ? { week: weekOf(date) } : {}),
    draft: true,
    ...values,
  };
}

/** Returns what the form's schema reports for these values, apart from missing fields. */
export function faultsOf(form: Form, values: Values): string[] {
  return compile(composeEntry(form, values, ''), form)
    .findings.filter(({ rule }) => !['missing-field', 'step-missing'].includes(rule))
    .map(({ message, fix }) => `${message} → ${fix}`);
}

/**
 * Writes an entry as FORM/NAME/index.mdx, a person as people/NAME.mdx, and checks it there.
 *
 * @returns the file and its findings
 * @throws CommandError (2) when the values don't fit the form, or the name is taken or can't be spelled
 */
export async function writeEntry(
  where: Where,
  { form, values, name, body, files = new Map() }: Draft,
): Promise<{ file: string; findings: Finding[] }> {
  const title = String(values[titleOf(form)]);
  const chosen = name ?? spell(title, form);
  if (!SLUG.test(chosen)) {
    throw new CommandError(
      chosen === ''
        ? `“${title}” 拼不出文件名 → 用 --file 写一个，例如 --file san-hang-gong-gao`
        : `文件名 ${chosen} 不对 → 只用小写字母、数字和连字符`,
      2,
    );
  }
  const faults = faultsOf(form, values);
  if (faults.length > 0) throw new CommandError(faults.join('\n'), 2);

  const folder = join(where.content, form, chosen);
  const isFolder = form !== 'people' || files.size > 0;
  const file = isFolder ? join(folder, 'index.mdx') : `${folder}.mdx`;
  const taken = [folder, `${folder}.mdx`].find((path) => existsSync(path));
  if (taken !== undefined) {
    throw new CommandError(`已经有 ${asTyped(taken)}，不会覆盖 → 直接改它，或用 --file 换一个名字`, 2);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, composeEntry(form, values, body), { flag: 'wx' });
  for (const [own, bytes] of files) writeFileSync(join(folder, own), bytes, { flag: 'wx' });
  return { file: asTyped(file), findings: await check(where, file) };
}

async function check(where: Where, file: string): Promise<Finding[]> {
  const { findings } = await readContent(where, { drafts: true });
  return findings.filter((finding) => resolve(finding.file) === resolve(file));
}

/** Returns the closing message of a command that wrote an entry. */
export function nextSteps(file: string, findings: Finding[]): string {
  return [
    `写好了 ${file}`,
    ...findings.map(formatFinding),
    '',
    '接下来：',
    `  1. 打开它，把说明换成内容${file.endsWith('index.mdx') ? '；图片、录音和附件放在同一个文件夹里' : ''}`,
    `  2. npm run check -- ${file}`,
    '  3. npm run dev 看样子（草稿也看得到）',
    '  4. 写好后删掉 draft: true 这一行，提交，新建合并请求（见 CONTRIBUTING.md）',
  ].join('\n');
}
