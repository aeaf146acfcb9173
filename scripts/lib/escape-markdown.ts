/**
 * Escapes text for Markdown: every special character gets a backslash, and each run of whitespace becomes one space.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~&!#@:]/g, '\\$&');
}
