import { LineCounter, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node } from 'yaml';
import type { LocalFinding } from '../model/finding.ts';
import { forbiddenCharacter } from './characters.ts';

export interface Place {
  line: number;
  column: number;
}

/** A YAML text as plain data, with the position of each value and key. */
export interface ReadYaml {
  value: unknown;
  findings: LocalFinding[];
  /** Returns the position of the value at a path, or of the closest value above it. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** Returns the position of a key in the map at a path. */
  placeOfKey(path: readonly PropertyKey[], key: string): Place;
  /** Returns the position of each scalar by its path: `people.guest.0` ⇒ [line, column]. */
  places(): Record<string, [number, number]>;
}

/**
 * Reads YAML 1.2 as data: no anchors or aliases (which expand small files into large ones), and no custom tags.
 * @param firstLine - the line of the file on which the text begins
 */
export function readYaml(text: string, firstLine: number): ReadYaml {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    // For an empty text the parser returns line 0.
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  const nodeAt = (path: readonly PropertyKey[]): Node | undefined => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    return (node ?? undefined) as Node | undefined;
  };
  const findings = syntaxFindings(document, text, place);
  return {
    value: findings.length === 0 ? document.toJS({ maxAliasCount: 0 }) : undefined,
    findings,
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = nodeAt(path.slice(0, length))?.range?.[0];
        if (offset !== undefined) return place(offset);
      }
      return { line: Math.max(firstLine - 1, 1), column: 1 };
    },
    placeOfKey(path, key) {
      const map = nodeAt(path);
      const pair = isMap(map)
        ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
      return offset === undefined ? this.placeOf(path) : place(offset);
    },
    places() {
      const found: Record<string, [number, number]> = {};
      const walk = (node: unknown, path: string) => {
        if (isMap(node)) {
          for (const pair of node.items)
            walk(pair.value, join(path, isScalar(pair.key) ? String(pair.key.value) : ''));
        } else if (isSeq(node)) {
          node.items.forEach((item, index) => walk(item, join(path, String(index))));
        } else if (isScalar(node) && node.range) {
          const { line, column } = place(node.range[0]);
          found[path] = [line, column];
        }
      };
      walk(document.contents, '');
      return found;
    },
  };
}

/** Finds forbidden characters written as YAML escapes, `"\\u202e"`, which a check of the source can't see. */
export function escapedCharacters(read: ReadYaml): LocalFinding[] {
  return Object.entries(read.places()).flatMap(([path, [line, column]]) => {
    const value = path
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], read.value);
    const found = typeof value === 'string' ? forbiddenCharacter(value) : undefined;
    if (!found) return [];
    const { message, fix } = found;
    return [
      {
        rule: 'control-character',
        level: 'error' as const,
        line,
        column,
        message: `${path} ${message}`,
        fix,
      },
    ];
  });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function syntaxFindings(document: Document, text: string, place: (offset: number) => Place): LocalFinding[] {
  const wrong = (offset: number, [why, fix = ANY_LINE]: Reason): LocalFinding => ({
    rule: 'yaml-syntax',
    level: 'error',
    ...place(offset),
    message: `不是正确的 YAML：${why}`,
    fix,
  });
  const error = document.errors[0] && blamed(document.errors[0], text);
  if (error) {
    const reason = reasonFor(error, lineAt(text, error.pos[0]));
    return [wrong(openQuote(document, error) ?? error.pos[0], reason)];
  }
  // If every colon is mistyped, the whole text is one valid scalar to YAML.
  const whole = document.contents;
  if (isScalar(whole) && whole.type === 'PLAIN' && whole.range) {
    const reason = mistyped(lineAt(text, whole.range[0]));
    if (reason) return [wrong(whole.range[0], reason)];
  }
  const findings: LocalFinding[] = [];
  const refuse = (rule: string, node: Node, message: string, fix: string) => {
    findings.push({ rule, level: 'error', ...place(node.range?.[0] ?? 0), message, fix });
  };
  visit(document, {
    Alias(_, node) {
      refuse('yaml-alias', node, '用了 YAML 别名（*）', '把内容直接写出来；值本身以 * 开头时加引号');
    },
    Node(_, node) {
      if (node.anchor !== undefined)
        refuse('yaml-alias', node, '用了 YAML 锚点（&）', '把内容直接写出来；值本身以 & 开头时加引号');
      if (node.tag !== undefined)
        refuse(
          'yaml-tag',
          node,
          `用了 YAML 标签 ${node.tag}`,
          '只写普通的文字、数字和列表，不写以 ! 开头的标签',
        );
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === '__proto__') {
        refuse('unknown-field', pair.key, '不认识的字段 “__proto__”', '删掉这一行');
      }
    },
  });
  return findings;
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

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? undefined : end);
}

const YAML_ERRORS: Record<string, Reason> = {
  BAD_INDENT: ['缩进不对', '开头的空格和同一级的字段对齐；最外面的字段前面不留空格'],
  BLOCK_AS_IMPLICIT_KEY: ['一行里有两个“字段: 值”，或值里有没加引号的冒号'],
  DUPLICATE_KEY: ['同一个字段写了两次', '只留一处'],
  MISSING_CHAR: ['少了一个符号（逗号、冒号或括号）'],
  MULTILINE_IMPLICIT_KEY: ['这里缺少冒号，或字段名跨了行'],
  TAB_AS_INDENT: ['用了 Tab 缩进，要用空格', '把行首的 Tab 换成两个空格'],
  UNEXPECTED_TOKEN: ['出现了意外的符号'],
  BAD_SCALAR_START: ['值以特殊符号开头，要加引号'],
  BAD_DQ_ESCAPE: ['双引号里的反斜杠要写两个'],
  MULTIPLE_DOCS: ['出现了两段 YAML'],
  NON_STRING_KEY: ['字段名只能是文字'],
  TAG_RESOLVE_FAILED: ['用了不认识的标签（以 ! 开头）'],
};
