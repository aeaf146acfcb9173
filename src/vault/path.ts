import { utf8 } from './bytes.ts';

/**
 * Checks a logical path: the address within the site, such as `/talks/x/`.
 *
 * @throws RangeError unless it starts with a slash, is well-formed Unicode and has at most 1,024 bytes.
 */
export function checkPath(path: string): void {
  if (!path.startsWith('/')) throw new RangeError('a logical path starts with a slash');
  if (utf8(path).length > 1024) throw new RangeError('a logical path has at most 1,024 bytes');
}
