import type { Field } from '../../src/model/form-fields.ts';

export type Value = string | number | boolean | string[];

/** Front matter as it was given, by the fields' paths. */
export type Values = Partial<Record<string, Value>>;

/**
 * What a text means for a field; a list is parted by commas, also Chinese ones, with or without the brackets that it has
 * in a file. The model judges whether it fits.
 */
export function readValue({ kind }: Field, text: string): Value {
  const plain = text.trim();
  if (kind === 'list') {
    return plain
      .replace(/^\[(.*)\]$/s, '$1')
      .split(/[,，、]/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  if (kind === 'number' && plain !== '' && Number.isFinite(Number(plain))) return Number(plain);
  if (kind === 'flag' && /^(?:true|false)$/.test(plain)) return plain === 'true';
  return plain;
}
