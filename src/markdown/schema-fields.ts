import type { z } from 'astro/zod';

/** Leads to a value: names of fields, and places in lists. */
export type Path = readonly PropertyKey[];

/** Returns the schema inside defaults, optionals and transforms. */
function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodTypes | undefined {
  let current = schema as z.core.$ZodTypes | undefined;
  for (;;) {
    const def = current?._zod.def;
    if (def?.type === 'default' || def?.type === 'optional') current = def.innerType as z.core.$ZodTypes;
    else if (def?.type === 'pipe') current = def.in as z.core.$ZodTypes;
    else return current;
  }
}

function stepInto(schema: z.core.$ZodType | undefined, step: PropertyKey): z.core.$ZodType | undefined {
  const def = unwrap(schema)?._zod.def;
  switch (def?.type) {
    case 'object':
      return Object.hasOwn(def.shape, step) ? def.shape[step as string] : undefined;
    case 'array':
      return def.element;
    case 'record':
      return def.valueType;
    case 'union':
      return def.options.map((option) => stepInto(option, step)).find((found) => found !== undefined);
    default:
      return undefined;
  }
}

/** Returns the schema of the value at a path. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>(stepInto, schema);
}

/**
 * Returns the description of the field at a path, or of the closest field above it that has one; that of the whole
 * schema for the empty path.
 */
export function sentenceOf(schema: z.ZodType, path: Path): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).findLast((step) => typeof step === 'string');
    const field = schemaAt(schema, path.slice(0, length)) as z.ZodType | undefined;
    const sentence = field?.description ?? (unwrap(field) as z.ZodType | undefined)?.description;
    if (sentence !== undefined) return name === undefined ? sentence : `${name}：${sentence}`;
  }
  return path.length === 0 ? schema.description : undefined;
}

/** Returns the names of an object's fields; none for any other schema. */
export function keysOf(schema: z.core.$ZodType | undefined): string[] {
  const def = unwrap(schema)?._zod.def;
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}
