/** Returns the first character of a name that is safe in HTML, as a stand-in for a portrait. */
export function initialOf(name: string): string {
  return /[^\s<>&"']/u.exec(name)?.[0] ?? '';
}

/** Returns a tint from 0 to 3 that is always the same for a name, so that readers can tell speakers, or books, apart. */
export function tintOf(name: string): number {
  return Array.from(name).reduce((sum, character) => sum + character.codePointAt(0)!, 0) % 4;
}
