import type { Field } from '../../src/model/form-fields.ts';

export type Value = string | number | boolean | string[];

/** Front matter as it was given, by the fields' paths. */
export type Values = Partial<Record<string, Value>>;

/**
 * Parses the text given for a field. Items of a list are separated by commas, Chinese or not; the brackets that a list
 * has in a file are optional. The model decides later whether the value is valid.
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
