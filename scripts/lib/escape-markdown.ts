/** Text as it stands, in Markdown: every mark that means something there is escaped, and line ends are blanks. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~&!#@:]/g, '\\$&');
}
