import matter from 'gray-matter';
import type { z } from 'astro/zod';
import { AT_TOP, type LocalFinding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { escapedCharacters, readYaml, type ReadYaml } from './yaml.ts';
import { validate } from './validate.ts';

export interface FrontMatter<T> {
  /** Undefined if there is a finding. */
  data: T | undefined;
  /** The value as written, before the schema is applied. */
  raw: unknown;
  findings: LocalFinding[];
  /** Position of each scalar: `people.guest.0` ⇒ [line, column]. */
  places: Record<string, [number, number]>;
  /** The text below the front matter. */
  body: string;
  /** Offset of the body in the source, in UTF-16 code units. */
  bodyOffset: number;
  /** Number of lines above the body. */
  bodyLine: number;
}

/** Splits a source into front matter and body, and checks the front matter against its form's schema. */
export function readFrontMatter<S extends z.ZodType>(source: string, schema: S): FrontMatter<z.output<S>> {
  const none = { data: undefined, raw: undefined, places: {}, body: '', bodyOffset: 0, bodyLine: 0 };
  const unfenced = fenceFinding(source);
  if (unfenced) return { ...none, findings: [unfenced] };
  // gray-matter's time grows with the square of the number of blank lines.
  if (Buffer.byteLength(source.slice(FENCE.length, endOf(source))) > LIMITS.frontMatter) {
    const message = `信息区超过 ${LIMITS.frontMatter / 1024} KB`;
    return {
      ...none,
      findings: [{ ...AT_TOP, rule: 'front-matter-too-large', message, fix: '长的内容写到正文里' }],
    };
  }
  let read: ReadYaml | undefined;
  const refuse = () => {
    throw new Error('front matter is YAML only');
  };
  const engines = {
    yaml: (text: string): object => {
      // gray-matter passes the rest of the first line too, and half of a Windows line break at the end.
      read = readYaml(text.replace(/\r$/, ''), 1);
      return {};
    },
    javascript: refuse,
    json: refuse,
  };
  const { content: body } = matter(source, { engines, language: 'yaml' });
  // gray-matter doesn't call the engine for a block of only blanks and comments.
  read ??= readYaml('{}', 2);
  const bodyOffset = source.length - body.length;
  const unreadable = read.findings.length > 0 ? read.findings : escapedCharacters(read);
  const { data, findings } =
    unreadable.length > 0 ? { data: undefined, findings: unreadable } : validate(schema, read);
  return {
    data,
    raw: read.value,
    findings,
    places: read.places(),
    body,
    bodyOffset,
    bodyLine: source.slice(0, bodyOffset).split('\n').length - 1,
  };
}

const FENCE = '---';

/** Returns the offset where the front matter ends: gray-matter ends it at any line that begins with three dashes. */
function endOf(source: string): number {
  return source.indexOf(`\n${FENCE}`, FENCE.length);
}

/** Checks the `---` lines around the front matter, and its language. */
function fenceFinding(source: string): LocalFinding | undefined {
  const missing = (message: string, fix: string) => ({
    ...AT_TOP,
    rule: 'front-matter-missing',
    message,
    fix,
  });
  if (!/^---(?!-)/.test(source)) {
    if (/^\s+---[ \t]*\r?\n/.test(source)) {
      return missing('信息区前面有空行或空格', '删掉它们，让 --- 在第一行的最前面');
    }
    if (/^\s*(?:`{3,}|~{3,})[^\n]*\n\s*---[ \t]*\r?\n/.test(source)) {
      return missing('整篇放在了代码块里', '删掉第一行和最后一行的 ```，让 --- 在第一行的最前面');
    }
    const [dashes] = /^\s*[—–－-]+(?=[ \t]*\r?\n)/.exec(source) ?? [];
    if (dashes !== undefined) {
      return missing(
        `第一行写的是 ${dashes.trim().slice(0, 10)}，不是三个英文的减号`,
        '改成 ---；电脑总是换成长横线的话，把“智能破折号”关掉',
      );
    }
    return missing('开头没有信息区', '第一行写 ---，接着写 title: 标题、date: 日期，再写一行 ---');
  }
  // gray-matter would execute `---js`, so every language but YAML is refused before it sees the text.
  const { name: language } = matter.language(source);
  if (language !== '' && language !== 'yaml' && language !== 'yml') {
    return {
      ...AT_TOP,
      rule: 'front-matter-language',
      message: `信息区用了 ${language}，只能用 YAML`,
      fix: '第一行只写 ---',
    };
  }
  const end = endOf(source);
  if (end < 0) return missing('信息区没有结束', '在信息区最后另起一行写 ---');
  if (!/^\n---[ \t]*(?:\r?\n|$)/.test(source.slice(end))) {
    return missing('信息区最后一行除了 --- 还有别的', '这一行只写 ---');
  }
  return undefined;
}
