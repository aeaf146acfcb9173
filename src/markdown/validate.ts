import type { z } from 'astro/zod';
import type { LocalFinding } from '../model/finding.ts';
import { closest } from './closest.ts';
import type { ReadYaml } from './yaml.ts';
import { shorten } from '../text/shorten.ts';

/**
 * Checks data that was read from YAML against a schema. Each issue becomes a finding at its line; its fix is the
 * description of the field in the model.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  read: ReadYaml,
): { data: z.output<S> | undefined; findings: LocalFinding[] } {
  const result = schema.safeParse(read.value);
  if (result.success) return { data: result.data, findings: [] };
  // The length of a value with the wrong type is irrelevant.
  const { issues } = result.error;
  const untyped = new Set(
    issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => JSON.stringify(path)),
  );
  const findings = issues
    .filter(({ code, path }) => code === 'invalid_type' || !untyped.has(JSON.stringify(path)))
    .flatMap((issue) => explain(issue, [], schema, read));
  return { data: undefined, findings: findings.sort((a, b) => a.line - b.line || a.column - b.column) };
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

function explain(issue: Issue, above: Path, schema: z.ZodType, read: ReadYaml): LocalFinding[] {
  const path = [...above, ...issue.path];
  const value = valueAt(read.value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(key, path, schema, read));
    case 'invalid_union': {
      // Report the union's branch that fits what was written: one value or a list.
      const branch = issue.errors[Array.isArray(value) ? issue.errors.length - 1 : 0];
      return (branch ?? []).flatMap((inner) => explain(inner, path, schema, read));
    }
    case 'invalid_key': {
      const key = String(path.at(-1));
      return [
        {
          rule: 'invalid-field',
          level: 'error',
          ...read.placeOfKey(path.slice(0, -1), key),
          message: `“${key}” 不能作编号`,
          fix: '编号只用小写字母、数字和连字符',
        },
      ];
    }
    default: {
      const isMissing = value === undefined && ['invalid_type', 'invalid_value'].includes(issue.code);
      return [
        {
          rule: isMissing ? 'missing-field' : 'invalid-field',
          level: 'error',
          ...read.placeOf(path),
          message: isMissing ? `缺少 ${nameOf(path)}` : complaint(issue, path, value),
          fix: sentenceOf(schema, path) ?? '照着同类文章改',
        },
      ];
    }
  }
}

function unknownField(key: string, path: Path, schema: z.ZodType, read: ReadYaml): LocalFinding {
  const bare = key.trim();
  // For YAML, other kinds of spaces are part of the name.
  const isSpaced = !key.startsWith(bare);
  return {
    rule: 'unknown-field',
    level: 'error',
    ...read.placeOfKey(path, key),
    message: isSpaced ? `字段 ${bare} 前面有全角的或特殊的空格` : `不认识的字段 “${key}”`,
    fix: isSpaced ? '换成普通的空格' : suggestion(key, keysOf(schemaAt(schema, path))),
  };
}

/** Describes the problem with a value that isn't missing. */
function complaint(issue: Issue, path: Path, value: unknown): string {
  const name = nameOf(path);
  switch (issue.code) {
    case 'invalid_type':
      if (value === null) return `${name} 是空的`;
      return `${name} 应该是${KINDS[issue.expected] ?? issue.expected}，写的是${kindOf(value)}`;
    case 'invalid_value':
      return `${name} 不能写 ${shown(value)}`;
    case 'too_small':
      return `${name} ${isCount(issue) ? '太小' : '是空的'}`;
    case 'too_big':
      if (isCount(issue)) return `${name} 太大`;
      return issue.origin === 'string'
        ? `${name} 太长，最多 ${String(issue.maximum)} 个字`
        : `${name} 太多，最多 ${String(issue.maximum)} 个`;
    case 'custom':
      if (path.length === 0 || issue.message.includes(name)) return issue.message;
      return `${name} 写的是 ${shown(value)}，${issue.message}`;
    default:
      return `${name} 写的是 ${shown(value)}，${issue.message}`;
  }
}

/** Whether a bound limits a number and not a length. */
function isCount({ origin }: { origin: string }): boolean {
  return origin === 'number' || origin === 'int';
}

const KINDS: Record<string, string> = {
  string: '文字（像数字的要加引号）',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表，例如 [a, b]',
  object: '“字段: 值”',
  record: '“编号: 内容”',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return '列表';
  if (typeof value === 'object') return '“字段: 值”';
  return ` ${shown(value)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '空的';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `“${shorten(text, 40)}”`;
}

/** Formats a path for the writer: `people.guest.0` ⇒ `people.guest 第 1 项`. */
function nameOf(path: Path): string {
  const words: string[] = [];
  for (const step of path) {
    if (typeof step === 'number') words.push(` 第 ${step + 1} 项`);
    else
      words.push(
        words.length > 0 && !words.at(-1)!.startsWith(' ') ? `.${String(step)}` : ` ${String(step)}`,
      );
  }
  return words.join('').trim() || '内容';
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

/** Returns the schema inside defaults, optionals and transforms. */
function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodTypes | undefined {
  let current = schema as z.core.$ZodTypes | undefined;
  for (;;) {
    const def = current?._zod.def;
    if (def?.type === 'default' || def?.type === 'optional') current = def.innerType as z.core.$ZodTypes;
    else if (def?.type === 'pipe') current = def.in as z.core.$ZodTypes;
    else return current;
  }
}

function stepInto(schema: z.core.$ZodType | undefined, step: PropertyKey): z.core.$ZodType | undefined {
  const def = unwrap(schema)?._zod.def;
  switch (def?.type) {
    case 'object':
      return Object.hasOwn(def.shape, step) ? def.shape[step as string] : undefined;
    case 'array':
      return def.element;
    case 'record':
      return def.valueType;
    case 'union':
      return def.options.map((option) => stepInto(option, step)).find((found) => found !== undefined);
    default:
      return undefined;
  }
}

function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>(stepInto, schema);
}

/** Returns the description of the field at a path, or of the closest field above it that has one. */
function sentenceOf(schema: z.ZodType, path: Path): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).findLast((step) => typeof step === 'string');
    const field = schemaAt(schema, path.slice(0, length)) as z.ZodType | undefined;
    const sentence = field?.description ?? (unwrap(field) as z.ZodType | undefined)?.description;
    if (sentence !== undefined) return `${name ?? ''}：${sentence}`;
  }
  return undefined;
}

function keysOf(schema: z.core.$ZodType | undefined): string[] {
  const def = unwrap(schema)?._zod.def;
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}

/** Field names of other site generators, and what they are called here. */
const ELSEWHERE = new Map([
  ['tags', 'topics'],
  ['categories', 'topics'],
  ['keywords', 'topics'],
  ['author', 'people'],
  ['authors', 'people'],
  ['description', 'summary'],
  ['excerpt', 'summary'],
]);

function suggestion(key: string, keys: string[]): string {
  const known = ELSEWHERE.get(key);
  const close = known !== undefined && keys.includes(known) ? known : closest(key, keys);
  if (close !== undefined) return `是不是 “${close}”？`;
  return keys.length > 0 ? `删掉这一行；这里可以写 ${keys.join('、')}` : '删掉这一行';
}
