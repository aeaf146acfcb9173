/** The result of one check. */
export interface Diagnosis {
  /** `unknown`: it could not be checked; `found` says why. */
  level: 'ok' | 'warning' | 'error' | 'unknown';
  /** What was checked, in a word or two. */
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

/** Formats a diagnosis as one line, plus one with the remedy if there is one. */
export function lineOf({ level, subject, found, remedy }: Diagnosis): string {
  const line = `${marks[level].padEnd(3)} ${subject}: ${found}`;
  return remedy === undefined ? line : `${line}\n    → ${remedy}`;
}
