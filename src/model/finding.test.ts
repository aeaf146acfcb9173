import { expect, test } from 'vitest';
import { compareFindings, formatFinding, type Finding } from './finding.ts';

test('a finding is one line with place, severity, problem and fix, and findings sort by file and line', () => {
  const finding: Finding = {
    rule: 'unknown-field',
    level: 'error',
    file: 'content/notes/a.mdx',
    line: 3,
    column: 1,
    message: '不认识的字段 “tilte”',
    fix: '是不是 “title”？',
  };
  expect(formatFinding(finding)).toBe('content/notes/a.mdx:3:1 错误 不认识的字段 “tilte” → 是不是 “title”？');
  expect(formatFinding({ ...finding, level: 'warning' })).toContain(' 提醒 ');
  const later = { ...finding, line: 10 };
  const other = { ...finding, file: 'content/notes/0.mdx', line: 99 };
  expect([later, finding, other].sort(compareFindings)).toEqual([other, finding, later]);
});

test('a finding stays one line, whatever its file is called', () => {
  const name = 'notes/a\n::error::b\u001b[2J\u202ecod.mdx';
  const finding = { rule: 'file-name', level: 'error', file: name, line: 1, column: 1 } as const;
  expect(formatFinding({ ...finding, file: 'a.mdx', message: '没有人物 linxia\u200b', fix: '改' })).toContain(
    String.raw`linxia\u{200b} →`,
  );
  expect(formatFinding({ ...finding, message: '文件名 a\nb 不能作网址', fix: '改名' })).toBe(
    String.raw`notes/a\u{a}::error::b\u{1b}[2J\u{202e}cod.mdx:1:1 错误 文件名 a\u{a}b 不能作网址 → 改名`,
  );
});

test('a finding is no command to the log of a workflow, which GitHub looks for anywhere in a line', () => {
  const finding = {
    rule: 'unused-file',
    level: 'warning',
    line: 1,
    column: 1,
    message: '',
    fix: '',
  } as const;
  expect(formatFinding({ ...finding, file: 'notes/a/##[Set-Env name=a]b.txt' })).toContain(
    String.raw`notes/a/\u{23}#[Set-Env name=a]b.txt`,
  );
  expect(formatFinding({ ...finding, file: 'a.mdx', message: '##[字](https://a.cn)' })).toContain(' ##[字]');
});
