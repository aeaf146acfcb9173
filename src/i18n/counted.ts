/**
 * A number of things in English: `1 file`, `2,000 files`.
 *
 * @param count - or its place in a pattern that a script fills
 */
export function counted(count: number | string, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
