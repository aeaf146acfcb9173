/** The character that stands for a person, safe to write into HTML. */
export function initialOf(name: string): string {
  return /[^\s<>&"']/u.exec(name)?.[0] ?? '';
}

/** A fixed tint for a name, 0 to 3, so that a reader tells speakers apart by it. */
export function tintOf(name: string): number {
  return Array.from(name).reduce((sum, character) => sum + character.codePointAt(0)!, 0) % 4;
}
