/** What one look has found. */
export interface Diagnosis {
  /** `unknown`: it could not be looked at, and why stands in `found`. */
  level: 'ok' | 'warning' | 'error' | 'unknown';
  /** What was looked at, a word or two. */
  subject: string;
  found: string;
  /** What to do about it. */
  remedy?: string;
}

export const ok = (subject: string, found: string): Diagnosis => ({ level: 'ok', subject, found });
export const unknown = (subject: string, found: string): Diagnosis => ({ level: 'unknown', subject, found });
export const warning = (subject: string, found: string, remedy: string): Diagnosis => ({
  level: 'warning',
  subject,
  found,
  remedy,
});
export const error = (subject: string, found: string, remedy: string): Diagnosis => ({
  level: 'error',
  subject,
  found,
  remedy,
});

const marks: Record<Diagnosis['level'], string> = { ok: 'ok', warning: '!', error: '!!', unknown: '?' };

/** One line, and one more where there is something to do. */
export function lineOf({ level, subject, found, remedy }: Diagnosis): string {
  const line = `${marks[level].padEnd(3)} ${subject}: ${found}`;
  return remedy === undefined ? line : `${line}\n    → ${remedy}`;
}
