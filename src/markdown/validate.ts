import type { z } from 'astro/zod';
import type { LocalFinding } from '../model/finding.ts';
import { closest } from './closest.ts';
import { writeInstead } from './meant.ts';
import { keysOf, schemaAt, sentenceOf, type Path } from './schema-fields.ts';
import { inQuotes } from './yaml-faults.ts';
import { inYaml, type ReadYaml } from './yaml.ts';
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
  const renamed = fieldsMeant(issues, schema);
  const findings = issues
    .filter(({ code, path }) => code === 'invalid_type' || !untyped.has(JSON.stringify(path)))
    // A field under another name is one mistake, not also a missing field.
    .filter(({ path }) => !(path.length === 1 && renamed.has(path[0]!) && isEmpty(valueAt(read.value, path))))
    .flatMap((issue) => explain(issue, [], schema, read));
  return { data: undefined, findings: findings.sort((a, b) => a.line - b.line || a.column - b.column) };
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, above: Path, schema: z.ZodType, read: ReadYaml): LocalFinding[] {
  const path = [...above, ...issue.path];
  const value = valueAt(read.value, path);
  const comment = value === null ? /:[ \t]+(#\S[^\n]*)/.exec(read.lineOf(path))?.[1]?.trimEnd() : undefined;
  if (comment !== undefined) {
    return [
      {
        rule: 'invalid-field',
        level: 'error',
        ...read.placeOf(path),
        message: `${nameOf(path)} 是空的：# 和后面的字不算`,
        fix: `整个值加引号：${String(path.at(-1))}: ${inQuotes(comment)}`,
      },
    ];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(key, path, schema, read));
    case 'invalid_union': {
      // Report the union's branch that fits what was written: one value or a list, if it may be one.
      const last = issue.errors.at(-1) ?? [];
      const takesLists = last.every(({ code, path: at }) => code !== 'invalid_type' || at.length > 0);
      const branch = Array.isArray(value) && takesLists ? last : (issue.errors[0] ?? []);
      return branch.flatMap((inner) => explain(inner, path, schema, read));
    }
    case 'invalid_key': {
      const key = String(path.at(-1));
      const refusal = issue.issues.find(({ code }) => code === 'custom')?.message;
      return [
        {
          rule: 'invalid-field',
          level: 'error',
          ...read.placeOfKey(path.slice(0, -1), key),
          message: `“${key}” 不能作英文名`,
          fix: refusal ?? '英文名只用小写字母、数字和连字符',
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
          fix: instead(value, path, schema) ?? sentenceOf(schema, path) ?? '照 CONTRIBUTING.md 里的样子改',
        },
      ];
    }
  }
}

const isEmpty = (value: unknown) => value === undefined || value === null;

/** Says what a wrong value should have been, if that can be told. */
function instead(value: unknown, path: Path, schema: z.ZodType): string | undefined {
  const field = schemaAt(schema, path) as z.ZodType | undefined;
  const isRight = (candidate: unknown) => field?.safeParse(candidate).success === true;
  return writeInstead(value, isRight, sentenceOf(schema, path), inYaml);
}

/** Returns the fields at the top that unknown ones were meant to be, or to be in. */
function fieldsMeant(issues: Issue[], schema: z.ZodType): Set<PropertyKey> {
  const keys = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  );
  return new Set(
    keys.flatMap(
      (key) => holderOf(key, schema) ?? nameMeant(key, schema) ?? closest(key, keysOf(schema)) ?? [],
    ),
  );
}

function unknownField(key: string, path: Path, schema: z.ZodType, read: ReadYaml): LocalFinding {
  const bare = key.trim();
  const found = (message: string, fix: string): LocalFinding => ({
    rule: 'unknown-field',
    level: 'error',
    ...read.placeOfKey(path, key),
    message,
    fix,
  });
  // For YAML, other kinds of spaces are part of the name.
  if (!key.startsWith(bare)) return found(`字段 ${bare} 前面有全角的或特殊的空格`, '换成普通的空格');
  const holder = path.length === 0 ? holderOf(key, schema) : undefined;
  if (holder !== undefined) {
    const isThere = valueAt(read.value, [holder]) !== undefined;
    return found(
      `${key} 是 ${holder} 里的`,
      isThere ? `移到 ${holder}: 下面，行首空两格` : `先写一行 ${holder}:，下一行空两格再写 ${key}`,
    );
  }
  return found(`不认识的字段 “${key}”`, suggestion(key, schemaAt(schema, path)));
}

/** Returns the field at the top that contains a field of this name, as `people` contains `author`. */
function holderOf(key: string, schema: z.core.$ZodType): string | undefined {
  return keysOf(schema).find((field) => keysOf(schemaAt(schema, [field])).includes(key));
}

/** Returns the field that is called so in Chinese, or by other site generators. */
function nameMeant(key: string, schema: z.core.$ZodType | undefined): string | undefined {
  const keys = keysOf(schema);
  const known = ELSEWHERE.get(key);
  if (known !== undefined && keys.includes(known)) return known;
  if (!/\p{Script=Han}/u.test(key)) return undefined;
  return keys.find((field) => {
    const said = schema && sentenceOf(schema as z.ZodType, [field]);
    return said?.slice(field.length + 1).startsWith(key);
  });
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
      if (issue.origin === 'array' && (value as unknown[]).length > 0)
        return `${name} 太少，至少 ${String(issue.minimum)} 个`;
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
  record: '“英文名: 内容”',
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
  const words = path.map((step, index) => {
    if (typeof step === 'number') return ` 第 ${step + 1} 项`;
    return `${typeof path[index - 1] === 'string' ? '.' : ' '}${String(step)}`;
  });
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

/** Other names of fields: of other site generators, and in Chinese. */
const ELSEWHERE = new Map([
  ['tags', 'topics'],
  ['categories', 'topics'],
  ['keywords', 'topics'],
  ['标签', 'topics'],
  ['分类', 'topics'],
  ['关键词', 'topics'],
  ['author', 'people'],
  ['authors', 'people'],
  ['description', 'summary'],
  ['excerpt', 'summary'],
  ['摘要', 'summary'],
  ['简介', 'summary'],
]);

function suggestion(key: string, schema: z.core.$ZodType | undefined): string {
  const keys = keysOf(schema);
  const name = nameMeant(key, schema);
  if (name !== undefined) return /\p{Script=Han}/u.test(key) ? `写成 ${name}` : `是不是 “${name}”？`;
  const close = closest(key, keys);
  if (close !== undefined) return `是不是 “${close}”？`;
  return keys.length > 0 ? `删掉这一行；这里可以写 ${keys.join('、')}` : '删掉这一行';
}
