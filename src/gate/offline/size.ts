/** `12904321` ⇒ `12.3 MB` */
export function asMegabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
