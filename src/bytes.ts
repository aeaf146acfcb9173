/** Bytes as people read them: `12.30 MB`, of a million bytes each. */
export function megabytes(bytes: number, decimals = 2): string {
  return `${(bytes / 1e6).toFixed(decimals)} MB`;
}
