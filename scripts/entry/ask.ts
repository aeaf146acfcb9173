import { createInterface } from 'node:readline/promises';
import type { Form } from '../../src/model/form.ts';
import type { Field } from '../../src/model/form-fields.ts';
import { CommandError } from '../lib/main.ts';
import { isOfPeople } from './ids.ts';
import { readValue, type Values } from './values.ts';
import { faultsOf, titleOf } from './write.ts';

/** The most people listed in a question; a longer list would be too long to choose from. */
const NAMED = 20;

/**
 * Asks for missing fields on a terminal, each until the answer is valid.
 *
 * @param people - the people whom a question may list
 * @throws CommandError (2) listing the missing flags if there is no terminal
 */
export async function askMissing(
  form: Form,
  values: Values,
  needed: Field[],
  people: ReadonlyMap<string, { name: string }>,
): Promise<Values> {
  const missing = needed.filter(({ path }) => values[path] === undefined);
  if (missing.length === 0) return values;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    const lines = missing.map(({ path, sentence }) =>
      path === titleOf(form)
        ? '缺少标题 → 写在形式后面，用引号括起来，例如 npm run new -- note "公告只写三行"'
        : `缺少 --${path} → ${sentence}`,
    );
    throw new CommandError(lines.join('\n'), 2);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Not `question`, which loses what was typed ahead of it.
  const lines = terminal[Symbol.asyncIterator]();
  const question = async (text: string): Promise<string> => {
    terminal.setPrompt(text);
    terminal.prompt();
    const { value, done } = await lines.next();
    // Ctrl-C or Ctrl-D.
    if (done) throw new CommandError('\n没有答完，什么都没有写', 1);
    return value;
  };
  try {
    let answered = values;
    for (const field of missing) answered = await askOne(form, answered, withNames(field, people), question);
    return answered;
  } finally {
    terminal.close();
  }
}

/** Asks for one field until the model accepts the answer. */
export async function askOne(
  form: Form,
  values: Values,
  field: Field,
  question: (text: string) => Promise<string>,
): Promise<Values> {
  for (let remark = ''; ;) {
    const text = await question(`${remark}${field.sentence || field.path}\n> `);
    const answered = { ...values, [field.path]: readValue(field, unquoted(text)) };
    const [fault] = text.trim() === '' ? ['这一项不能空着'] : faultsOf(form, answered);
    if (fault === undefined) return answered;
    remark = `${fault}\n`;
  }
}

/** Removes quotation marks around an answer. The hint for a field may show them, as a file needs them. */
function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.+)\1$/, '$2');
}

/** Adds the known people to the question for a field that names people. */
function withNames(field: Field, people: ReadonlyMap<string, { name: string }>): Field {
  if (!isOfPeople(field.path) || people.size === 0 || people.size > NAMED) return field;
  const known = Array.from(people, ([id, { name }]) => (name === id ? id : `${id}（${name}）`)).sort();
  return { ...field, sentence: `${field.sentence}。文件名和名字都可以写，已有：${known.join('、')}` };
}
