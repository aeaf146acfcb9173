import { readYaml } from '../../src/markdown/yaml.ts';
import type { Form } from '../../src/model/form.ts';
import { isDate } from '../../src/model/week.ts';
import type { Values } from '../entry/values.ts';
import { titleOf } from '../entry/write.ts';
import { clip } from '../../src/text/shorten.ts';

/**
 * Reads title and date from the source's own front matter. Other fields have a different meaning in another tool, and
 * are dropped.
 */
export function fieldsIn(yaml: string, form: Form, lost: string[]): Values {
  const read = readYaml(yaml, 2).value;
  const values: Values = {};
  if (typeof read !== 'object' || read === null) return values;
  for (const [key, field] of Object.entries(read)) {
    const text = typeof field === 'string' ? field : JSON.stringify(field);
    const day = text.slice(0, 10);
    if (key === 'title' && text !== '') values[titleOf(form)] = text;
    else if (key === 'date' && form !== 'people' && isDate(day)) values.date = day;
    else lost.push(`信息区的 ${key}: ${clip(text, 60)} 没有带过来`);
  }
  return values;
}
