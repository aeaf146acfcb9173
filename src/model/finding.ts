import { visible } from '../text/visible.ts';

/**
 * A problem in a source file, for the person who wrote it. Plain data: findings are collected first and printed later.
 */
export interface Finding {
  /** Stable kebab-case id under which the rule is documented. */
  rule: string;
  level: 'error' | 'warning';
  /** Path as the writer knows it, for example `content/notes/x.mdx`. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
  /** 原因: what is wrong, and what was written. */
  message: string;
  /** 怎么改: what to write instead. */
  fix: string;
}

/** A finding without its file: what a parser of a single text reports. */
export type LocalFinding = Omit<Finding, 'file'>;

/** What is wrong and how to mend it, without its place. */
export type Fault = Pick<Finding, 'rule' | 'message' | 'fix'>;

/** The place of an error that concerns a whole file. */
export const AT_TOP = { level: 'error', line: 1, column: 1 } as const;

/** What the levels are called, in a terminal and in the preview. */
export const LEVELS = { error: '错误', warning: '提醒' } as const;

/** Formats a finding as one line for a terminal: `content/x.mdx:12:3 错误 原因 → 怎么改`. */
export function formatFinding(finding: Finding): string {
  const { file, line, column, level, message, fix } = finding;
  const text = `${file}:${line}:${column} ${LEVELS[level]} ${message} → ${fix}`;
  // A file name can contain a line break followed by a forged finding, or terminal control sequences. Invisible
  // characters are often the problem itself. In the log of a workflow, `##[set-env …]` is a command, which fails the step.
  return visible(text).replace(/#(?=#\[[a-z-]+[ \]])/gi, String.raw`\u{23}`);
}

/** Sorts findings by file, then line, then column. */
export function compareFindings(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
