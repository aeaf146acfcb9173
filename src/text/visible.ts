/**
 * Writes characters that nobody sees, that change the direction of the text, or that a terminal obeys, as escapes:
 * U+202E ⇒ `\u{202e}`.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
