/** What is wrong in a source file, for the person who wrote it. Plain data: collected first, printed later. */
export interface Finding {
  /** Stable kebab-case id, by which a rule is documented and looked up. */
  rule: string;
  level: 'error' | 'warning';
  /** Path as the writer knows it, e.g. `content/notes/x.mdx`. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
  /** 原因: what is wrong, and what was received. */
  message: string;
  /** 怎么改: what to write instead. */
  fix: string;
}

/** A finding before it is known in which file: what a parser of one text reports. */
export type LocalFinding = Omit<Finding, 'file'>;

/** Where an error of a whole file stands. */
export const AT_TOP = { level: 'error', line: 1, column: 1 } as const;

const LEVELS = { error: '错误', warning: '提醒' } as const;

/** One line for a terminal: `content/x.mdx:12:3 错误 原因 → 怎么改`. */
export function formatFinding(finding: Finding): string {
  const { file, line, column, level, message, fix } = finding;
  const text = `${file}:${line}:${column} ${LEVELS[level]} ${message} → ${fix}`;
  // The name of a file can hold a line end, and with it another finding, or what a terminal obeys. What can't be seen is
  // often what is wrong.
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff]/gu, (character) => {
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

/** Order for reading: by file, then line, then column. */
export function compareFindings(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
