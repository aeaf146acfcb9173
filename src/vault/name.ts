import { type Bytes, fields, toHex } from './bytes.ts';

export const NAME_SIZE = 16;

/** A sealed file as it is published. */
export interface SealedFile {
  /** 32 lower-case hex digits, so that names stay distinct on case-insensitive file systems. */
  name: string;
  bytes: Bytes;
}

/** The MAC input that names a sealed file. The salt follows from the content, so no two contents share a name. */
export function nameInput(path: string, salt: Bytes): Bytes {
  return fields(path, salt);
}

/** The first 16 bytes of a digest or MAC as a name. */
export function toName(bytes: Bytes): string {
  return toHex(bytes.subarray(0, NAME_SIZE));
}

/** Whether a value is a name: 32 lower-case hex digits. */
export function isName(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{32}$/.test(text);
}

/**
 * The address of a sealed file, relative to the site's base.
 *
 * @example objectAddress('ab34…') ⇒ 'o/ab/ab34…'
 */
export function objectAddress(name: string): string {
  if (!isName(name)) throw new RangeError('not the name of a sealed file');
  return `o/${name.slice(0, 2)}/${name}`;
}

/** Whether a path, relative to the site's base, has the form of a sealed file's address. */
export function isObjectAddress(path: string): boolean {
  const name = path.slice(-2 * NAME_SIZE);
  return isName(name) && path === objectAddress(name);
}
