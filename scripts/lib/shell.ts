/** Quotes a word for a POSIX shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Quotes a foreign word for a command that somebody may copy into a shell: with double quotes, which Windows knows too,
 * unless a shell would run something between them.
 */
export function toCopy(word: string): string {
  return /[$`"\\!]/.test(word) ? quoted(word) : `"${word}"`;
}
