import { expect, test } from 'vitest';
import { escapeMarkdown } from './escape-markdown.ts';

test.each([
  ['Book 1: what to do, R & D, 5 @ 3!', 'Book 1: what to do, R & D, 5 @ 3!'],
  ['https://evil.example :tada: &lt; ![x] @all', 'https\\://evil.example \\:tada: \\&lt; \\!\\[x\\] \\@all'],
  ['a\u001bc\u009b2J\u202eb\n', 'a\\\\u{1b}c\\\\u{9b}2J\\\\u{202e}b '],
  ['# a *b* _c_ `d` | ~e~', '\\# a \\*b\\* \\_c\\_ \\`d\\` \\| \\~e\\~'],
])('%j is written as %j, with no backslash that the terminal shows for nothing', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});
