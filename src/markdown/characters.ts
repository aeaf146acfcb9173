/**
 * Characters that no text needs and that hide something: control characters and those that turn its direction. A
 * carriage return alone ends a line for the parser and not for editors, so places below it would be wrong. With U+FFFE or
 * U+FFFF, which are no characters, the feed would be no XML.
 */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex -- exactly these
  /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;

export interface ForbiddenCharacter {
  /** Where it stands, in UTF-16 units. */
  index: number;
  message: string;
  fix: string;
}

/** The first forbidden character of a text. */
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

/** A text without its forbidden characters. */
export function withoutForbidden(text: string): string {
  return text.replace(new RegExp(FORBIDDEN, 'g'), '');
}
