/**
 * Formats a count with its noun in English: `1 file`, `2,000 files`.
 *
 * @param count - the number, or a placeholder that a script replaces
 */
export function counted(count: number | string, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
