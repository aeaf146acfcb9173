import { z } from 'astro/zod';
import type { Form } from '../../src/model/form.ts';
import { schemas } from '../../src/model/schemas.ts';

/** A field of a form's front matter. */
export interface Field {
  /** `title`, `work.year`: the field's place in the front matter, and the name of its flag. */
  path: string;
  /** The sentence that the model carries for its writer. */
  sentence: string;
  /** Whether the form's schema refuses an entry without it. */
  required: boolean;
  /** `objects`, such as chapters, can't be given in one line of text. */
  kind: 'text' | 'number' | 'flag' | 'list' | 'objects';
}

export type Value = string | number | boolean | string[];

/** Front matter as it was given, by the fields' paths. */
export type Values = Partial<Record<string, Value>>;

interface JsonSchema {
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
}

/** The fields of a form in the order of the model. */
export function fieldsOf(form: Form): Field[] {
  const schema = z.toJSONSchema(schemas[form], { io: 'input', unrepresentable: 'any' });
  return fieldsIn(schema as JsonSchema, '', true);
}

function fieldsIn({ properties = {}, required = [] }: JsonSchema, above: string, isNeeded: boolean): Field[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    const path = above + key;
    const isRequired = isNeeded && required.includes(key);
    if (property.type === 'object') return fieldsIn(property, `${path}.`, isRequired);
    const field: Field = {
      path,
      sentence: property.description ?? '',
      required: isRequired,
      kind: kindOf(property),
    };
    return [field];
  });
}

function kindOf({ type, anyOf, items }: JsonSchema): Field['kind'] {
  if (items?.type === 'object') return 'objects';
  if (type === 'array' || anyOf?.some((option) => option.type === 'array')) return 'list';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'flag' : 'text';
}

/** What a text means for a field; a list is parted by commas, also Chinese ones. The model judges whether it fits. */
export function readValue({ kind }: Field, text: string): Value {
  const plain = text.trim();
  if (kind === 'list') {
    return plain
      .split(/[,，、]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  if (kind === 'number' && plain !== '' && Number.isFinite(Number(plain))) return Number(plain);
  if (kind === 'flag' && /^(?:true|false)$/.test(plain)) return plain === 'true';
  return plain;
}
