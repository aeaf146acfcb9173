import { expect, test } from 'vitest';
import { formatFinding } from './finding.ts';

test('a finding is one line, whatever its file is called', () => {
  const name = 'notes/a\n::error::b\u001b[2J\u202ecod.mdx';
  const finding = { rule: 'file-name', level: 'error', file: name, line: 1, column: 1 } as const;
  expect(formatFinding({ ...finding, message: '文件名 a\nb 不能作网址', fix: '改名' })).toBe(
    String.raw`notes/a\u{a}::error::b\u{1b}[2J\u{202e}cod.mdx:1:1 错误 文件名 a\u{a}b 不能作网址 → 改名`,
  );
});
