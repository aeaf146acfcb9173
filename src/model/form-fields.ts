import { z } from 'astro/zod';
import type { Form } from './form.ts';
import { schemas } from './schemas.ts';

/** A field of a form's front matter. */
export interface Field {
  /** The field's path in the front matter, also the name of its command-line flag: `title`, `work.year`. */
  path: string;
  /** The field's description in the model, for the person who writes it. */
  sentence: string;
  /** Whether the form's schema refuses an entry without it. */
  required: boolean;
  /** `objects`, such as chapters, can't be given on a command line. */
  kind: 'text' | 'number' | 'flag' | 'list' | 'objects';
}

interface JsonSchema {
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
}

/** Returns the fields of a form, in the order of the model. */
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
