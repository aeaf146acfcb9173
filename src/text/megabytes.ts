/** Formats a number of bytes in decimal megabytes (10⁶ bytes): `12.30 MB`. */
export function megabytes(bytes: number, decimals = 2): string {
  return `${(bytes / 1e6).toFixed(decimals)} MB`;
}
