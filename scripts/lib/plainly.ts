/** What others said or named, fit for a terminal: one line of at most `most` characters without anything that would steer it. */
export function plainly(text: string, most = 120): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�').slice(0, most);
}

/** Why something failed that is not of our making, fit for a terminal. */
export function reasonOf(error: unknown): string {
  // What was tried at several addresses of a name says nothing itself.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  return plainly(error instanceof Error ? error.message || error.name : String(error), 300);
}
