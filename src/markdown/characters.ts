import type { LocalFinding } from '../model/finding.ts';
import { spotsIn } from './spot.ts';

/**
 * Characters that no text needs and that can hide something: control characters, and those that change the text
 * direction. A lone carriage return ends a line for the parser but not for editors, so line numbers after it would be
 * wrong. U+FFFE and U+FFFF are noncharacters, which would make the feed invalid XML. Half a character (a lone surrogate,
 * which only an escape in YAML can produce) would be published as another one.
 */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex -- exactly these
  /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff\p{Surrogate}]/u;

export interface ForbiddenCharacter {
  /** Offset in UTF-16 code units. */
  index: number;
  message: string;
  fix: string;
}

/** Finds the first forbidden character of a text. */
export function forbiddenCharacter(text: string): ForbiddenCharacter | undefined {
  const match = FORBIDDEN.exec(text);
  if (!match) return undefined;
  const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    index: match.index,
    message: `有看不见的控制字符 U+${code}`,
    fix: '删掉它，把这一处重新输入一遍',
  };
}

/** Makes a finding of the first forbidden character of a source. */
export function unprintableIn(source: string): LocalFinding | undefined {
  const found = forbiddenCharacter(source);
  if (!found) return undefined;
  const { index, message, fix } = found;
  return { rule: 'control-character', level: 'error', ...spotsIn(source)(index), message, fix };
}

/** Removes the forbidden characters from a text. */
export function withoutForbidden(text: string): string {
  return text.replace(new RegExp(FORBIDDEN, 'gu'), '');
}
