/**
 * Escapes text for Markdown: every special character gets a backslash, and each run of whitespace becomes one space.
 * Punctuation that is special only in front of a word, as in `:tada:` or `@all`, stays as it is at the end of one,
 * because reports are read in terminals too.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~#]|[&!@:](?=[^ ])/g, '\\$&');
}
