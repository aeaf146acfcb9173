/** Compares two strings by UTF-16 code unit. The order doesn't depend on the machine's locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
