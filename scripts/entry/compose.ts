import type { Form } from '../../src/model/form.ts';
import { inYaml } from '../../src/markdown/yaml.ts';
import { fieldsOf, type Field } from '../../src/model/form-fields.ts';
import type { Values } from './values.ts';

const HOW = '# 以下都可以不写；要写就去掉行首的 # 号和它后面的一个空格，把说明换成内容。';

/**
 * Composes the text of an entry: front matter with the given values, all other fields of the form as comments, and the
 * body.
 */
export function composeEntry(form: Form, values: Values, body: string): string {
  const fields = fieldsOf(form);
  const isGiven = ({ path }: Field) => values[path] !== undefined;
  const holders = new Set(fields.filter(isGiven).map(holderOf));
  // The sub-fields of a given field go below it: commented out elsewhere, they would add a second `work:` once enabled.
  const above = fields.filter(
    (field) => isGiven(field) || (holderOf(field) !== '' && holders.has(holderOf(field))),
  );
  const below = fields.filter((field) => !above.includes(field));
  const lines = [
    '---',
    ...nested(above, (field) =>
      isGiven(field) ? `${keyOf(field)}: ${inYaml(values[field.path]!)}${remark(field)}` : `# ${hint(field)}`,
    ),
    HOW,
    ...nested(below, hint).map((line) => `# ${line}`),
    '---',
  ];
  return `${lines.join('\n')}\n\n${body.trim()}\n`;
}

const hint = (field: Field) => `${keyOf(field)}: ${field.sentence}`;

/** Returns the lines of some fields. Those inside another field are grouped below its name. */
function nested(fields: Field[], write: (field: Field) => string): string[] {
  return fields.flatMap((field, index) => {
    const holder = holderOf(field);
    if (holder === '') return [write(field)];
    const isFirst = index === 0 || holderOf(fields[index - 1]!) !== holder;
    return isFirst ? [`${holder}:`, `  ${write(field)}`] : [`  ${write(field)}`];
  });
}

function holderOf({ path }: Field): string {
  return path.slice(0, Math.max(0, path.indexOf('.')));
}

function keyOf({ path }: Field): string {
  return path.slice(path.indexOf('.') + 1);
}

function remark({ path }: Field): string {
  return path === 'draft' ? ' # 草稿，写好以后删掉这一行' : '';
}
