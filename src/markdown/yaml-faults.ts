import { isScalar, visit, type Document } from 'yaml';

/** A mistake in YAML: where it is, what it is, and what to write instead. */
export interface YamlFault {
  offset: number;
  why: string;
  fix: string;
}

/** Finds the first mistake in a YAML document, at the place that its writer has to mend. */
export function faultOf(document: Document, text: string): YamlFault | undefined {
  const [first] = document.errors;
  if (first) {
    const error = blamed(first, text);
    return (
      misplacedStart(first, text) ??
      openBracket(first, text) ??
      unquotedValue(error, text) ??
      faultAt(openQuote(document, error) ?? error.pos[0], reasonFor(error, lineAt(text, error.pos[0])))
    );
  }
  // If every colon is mistyped, the whole text is one valid scalar to YAML.
  const whole = document.contents;
  if (!isScalar(whole) || whole.type !== 'PLAIN' || !whole.range) return undefined;
  const [start] = whole.range;
  const reason = mistyped(lineAt(text, start));
  return reason && faultAt(start, reason);
}

const faultAt = (offset: number, [why, fix = ANY_LINE]: Reason): YamlFault => ({ offset, why, fix });

/** The first field is indented or marked as an item of a list, and the second one isn't: YAML reports the second. */
function misplacedStart({ message }: SyntaxFault, text: string): YamlFault | undefined {
  const [, before, mark] = /^((?:[^\S\n]*(?:#[^\n]*)?\n)*)( +|- +)[a-z_]+:(?:\s|$)/.exec(text) ?? [];
  if (before === undefined || mark === undefined || message !== 'Unexpected scalar at node end')
    return undefined;
  return mark.startsWith('-')
    ? faultAt(before.length, ['第一个字段前面有 -', '删掉它，字段写在行首'])
    : faultAt(before.length, ['第一个字段前面有空格', '删掉它，最外面的字段前面不留空格']);
}

/** A list or map that isn't closed goes on to the next field, where YAML reports its indentation. */
function openBracket({ message, pos }: SyntaxFault, text: string): YamlFault | undefined {
  if (!message.startsWith('Flow ')) return undefined;
  const above = text.slice(0, pos[0]);
  const open = [...above.matchAll(/^[ -]*([a-z_]+: +)([[{].*)$/gm)].at(-1);
  if (!open) return undefined;
  const [line, field, value] = open;
  const close = value!.startsWith('[') ? ']' : '}';
  const end = /^[[{] /.test(value!) ? ` ${close}` : close;
  const offset = open.index + line.length - value!.length;
  return faultAt(offset, [`少了 ${close}`, `写成 ${field!}${value!.trim()}${end}`]);
}

/** A text that YAML takes for something else unless it is in quotes. */
function unquotedValue({ code, message, pos }: SyntaxFault, text: string): YamlFault | undefined {
  const line = lineAt(text, pos[0]);
  if ((!BY_LINE.has(code) && code !== 'BAD_SCALAR_START') || mistyped(line)) return undefined;
  const [, before, field, value] = /^(\s*(?:- +)?([a-z_]+): +)(\S.*)$/.exec(line.trimEnd()) ?? [];
  if (before === undefined || field === undefined || value === undefined) return undefined;
  const offset = text.lastIndexOf('\n', pos[0] - 1) + 1 + before.length;
  const quoted = `整个值加引号：${field}: ${inQuotes(value)}`;
  if (/^["']/.test(value)) {
    return message === 'Unexpected scalar at node end'
      ? faultAt(offset, ['引号后面还有字', quoted])
      : undefined;
  }
  if (value.startsWith('-')) {
    const list = `${field}: [${value.replace(/^-\s*/, '')}]`;
    return faultAt(offset, ['值以 - 开头', `要写列表就写成 ${list}；是文字就${quoted}`]);
  }
  if (/^[[{*&!%@`>|?]/.test(value)) return faultAt(offset, ['值以特殊符号开头', quoted]);
  return /:\s/.test(value) && !/(?:^|\s)[a-z_]+:\s/.test(value)
    ? faultAt(offset, ['值里有冒号和空格', quoted])
    : undefined;
}

/** Writes a text as a quoted value of YAML. */
export function inQuotes(value: string): string {
  return value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value.replaceAll('\\', '\\\\')}"`;
}

const ANY_LINE =
  '每行写成“字段: 值”，冒号后空一格；值里有冒号、引号、# 或以 [ { * & ! % @ ` 开头时整个加引号';

type SyntaxFault = Pick<Document['errors'][number], 'code' | 'message' | 'pos'>;

/**
 * Corrects the place of an indentation error: YAML joins a field that is indented by mistake to the value above it, and
 * reports the error there.
 */
function blamed(error: SyntaxFault, text: string): SyntaxFault {
  const end = text.indexOf('\n', error.pos[0]);
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY' || end < 0) return error;
  const isSetIn = /^[ ]+[a-z_]+:(?:\s|$)/.test(lineAt(text, end + 1));
  if (!isSetIn || /:\s/.test(text.slice(error.pos[0], end))) return error;
  return { code: 'BAD_INDENT', message: error.message, pos: [end + 1, end + 2] };
}

/** The problem, and what to write instead if that isn't {@link ANY_LINE}. */
type Reason = [why: string, fix?: string];

/**
 * Common typos in a line. They are looked for first, because the parser only sees that something is missing somewhere.
 */
const LINES: [RegExp, ...Reason][] = [
  [/^\s*(?:- +)?[a-z_]+ *：/, '冒号是中文的', '改成英文的冒号，后面空一格，例如 title: 标题'],
  [/^\s*(?:- +)?[a-z_]+ *[=＝]/, '写成了等号', '改成英文的冒号，后面空一格，例如 title: 标题'],
  [/^\s*(?:- +)?[a-z_]+:(?![ \t\r])\s/, '冒号后面是全角的或特殊的空格', '换成普通的空格'],
  [/^\s*(?:- +)?[a-z_]+:(?!\/\/)\S/, '冒号后面少了空格', '冒号后空一格，例如 title: 标题'],
];

/** Parser errors that these typos lead to. */
const BY_LINE = new Set([
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'BLOCK_AS_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
]);

function mistyped(line: string): Reason | undefined {
  for (const [pattern, ...reason] of LINES) if (pattern.test(line)) return reason;
  return undefined;
}

function reasonFor({ code, message }: SyntaxFault, line: string): Reason {
  const reason = BY_LINE.has(code) ? mistyped(line) : undefined;
  if (reason) return reason;
  if (OPEN_QUOTE.test(message)) return ['引号没有写完', '值的前后各写一个英文的引号'];
  if (message.startsWith('Implicit map keys')) {
    return ['这一行没有“字段:”', '接着上一行说的写到上一行里；是新的字段就写成“字段: 值”'];
  }
  return YAML_ERRORS[code] ?? [message];
}

const OPEN_QUOTE = /^Missing closing ["']/;

/** Returns the offset where an unclosed quoted value begins; the parser only reports the end of the text. */
function openQuote(document: Document, { message, pos }: SyntaxFault): number | undefined {
  if (!OPEN_QUOTE.test(message)) return undefined;
  let start: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] <= pos[0] && pos[0] <= range[1]) start = range[0];
    },
  });
  return start;
}

/** Returns the line around an offset. */
export function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? undefined : end);
}

const YAML_ERRORS: Record<string, Reason> = {
  BAD_INDENT: ['缩进不对', '开头的空格和同一级的字段对齐；最外面的字段前面不留空格'],
  BLOCK_AS_IMPLICIT_KEY: ['一行里有两个“字段: 值”，或值里有没加引号的冒号'],
  DUPLICATE_KEY: ['同一个字段写了两次', '只留一处；是列表里的另一项，行首写 -；是上一个字段里面的，多空两格'],
  MISSING_CHAR: ['少了一个符号（逗号、冒号或括号）'],
  MULTILINE_IMPLICIT_KEY: ['这里缺少冒号，或字段名跨了行'],
  TAB_AS_INDENT: ['用了 Tab 缩进，要用空格', '把行首的 Tab 换成两个空格'],
  UNEXPECTED_TOKEN: ['出现了意外的符号'],
  BAD_SCALAR_START: ['值以特殊符号开头，要加引号'],
  BAD_DQ_ESCAPE: ['双引号里的反斜杠要写两个'],
  MULTIPLE_DOCS: ['出现了两段 YAML'],
  NON_STRING_KEY: ['字段名只能是文字'],
  RESOURCE_EXHAUSTION: ['一层套一层，套得太深了', '少套几层，照着同类文章写'],
  TAG_RESOLVE_FAILED: ['用了不认识的标签（以 ! 开头）'],
};
