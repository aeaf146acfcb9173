import { createInterface } from 'node:readline/promises';
import type { Form } from '../../src/model/form.ts';
import { CommandError } from '../lib/main.ts';
import type { Field } from '../../src/model/form-fields.ts';
import { readValue, type Values } from './values.ts';
import { faultsOf } from './write.ts';

/**
 * Gets what is still missing: on a terminal by asking until the answer fits, elsewhere not at all.
 *
 * @throws CommandError (2) that lists the missing flags where nobody can be asked
 */
export async function askMissing(form: Form, values: Values, needed: Field[]): Promise<Values> {
  const missing = needed.filter(({ path }) => values[path] === undefined);
  if (missing.length === 0) return values;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    const lines = missing.map(({ path, sentence }) => `缺少 --${path} → ${sentence}`);
    throw new CommandError(lines.join('\n'), 2);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new AbortController();
  terminal.once('close', () => gone.abort());
  try {
    let answered = values;
    for (const field of missing)
      answered = await askOne(form, answered, field, (text) =>
        terminal.question(text, { signal: gone.signal }),
      );
    return answered;
  } catch (cause) {
    // Ctrl-C or Ctrl-D at a question.
    if (gone.signal.aborted) throw new CommandError('\n没有答完，什么都没有写', 1, { cause });
    throw cause;
  } finally {
    terminal.close();
  }
}

/** Asks for one field until the model takes the answer. */
export async function askOne(
  form: Form,
  values: Values,
  field: Field,
  question: (text: string) => Promise<string>,
): Promise<Values> {
  for (let remark = ''; ;) {
    const text = await question(`${remark}${field.sentence || field.path}\n> `);
    const answered = { ...values, [field.path]: readValue(field, text) };
    const [fault] = text.trim() === '' ? ['这一项不能空着'] : faultsOf(form, answered);
    if (fault === undefined) return answered;
    remark = `${fault}\n`;
  }
}
