import { visible } from '../../src/text/visible.ts';

/**
 * Escapes text for Markdown: every special character gets a backslash, and each run of whitespace becomes one space.
 * Punctuation that is special only in front of a word, as in `:tada:` or `@all`, stays as it is at the end of one,
 * because reports are read in terminals too; for the same reason, characters that a terminal obeys are written as escapes.
 */
export function escapeMarkdown(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replace(/[\\`*_[\]<>|~#]|[&!@:](?=[^ ])/g, '\\$&');
}
