import type { Root } from 'mdast';
import { AT_TOP, type LocalFinding } from '../model/finding.ts';
import type { Form } from '../model/form.ts';
import { schemas, type Data } from '../model/schemas.ts';
import { isTime, parseTime } from '../model/time.ts';
import { renderBody, type Body } from './body.ts';
import { unprintableIn } from './characters.ts';
import { checkBody } from './check.ts';
import { readFrontMatter, type FrontMatter } from './frontmatter.ts';
import { formMeant, misplaced } from './misplaced.ts';
import { namedIn, type Named } from './named.ts';
import { parseBody } from './parse.ts';
import { reportAt, type Report } from './report.ts';
import { spotOf } from './spot.ts';

/** The result of compiling one source, without any other file. Plain JSON, cached by digest. */
export interface Compiled {
  findings: LocalFinding[];
  /** Whether the front matter says `draft: true`, even if it has errors elsewhere. */
  draft: boolean;
  /** Missing if the front matter has errors. */
  data?: Data[Form];
  /** Set instead of `data`: the references in a faulty front matter, as far as they can be read. */
  named?: Named;
  /** Position of each front matter value: `people.guest.0` ⇒ [line, column]. */
  places: Record<string, [number, number]>;
  /** Missing if there is any error. */
  body?: Body;
  /** The body above `<Members />`, and whether there is anything below it. */
  preview?: { body: Body; end: number; line: number; more: boolean };
}

/** A parsed source: its front matter, and its body as a tree or the finding that explains why there is none. */
export interface Parsed {
  front: FrontMatter<Data[Form]>;
  root: ReturnType<typeof parseBody>;
}

/** Parses a source once, for everyone who needs a part of it. */
export function parseSource(source: string, form: Form): Parsed {
  const front = readFrontMatter(source, schemas[form]);
  return { front, root: parseBody(front.body) };
}

/**
 * Reads, checks and renders one source of a form.
 *
 * @param parse - returns the parsed source if there is one already; its tree can't be used for anything else afterwards
 */
export function compile(source: string, form: Form, parse = () => parseSource(source, form)): Compiled {
  const unprintable = unprintableIn(source);
  if (unprintable) return { findings: [unprintable], draft: false, places: {} };
  const { front, root: parsed } = parse();
  const conflict = conflictIn(source, front, parsed);
  if (conflict) return { findings: [conflict], draft: isDraft(front.raw), places: {} };
  const meant = formMeant(front, parsed, form);
  if (meant) {
    // What would be wrong in this folder alone says nothing about the entry.
    const { findings, draft, places } = compile(source, meant.form);
    return { findings: [misplaced(meant, form), ...findings], draft, places, named: namedIn(front.raw) };
  }
  const compiled: Compiled = {
    findings: front.findings,
    draft: isDraft(front.raw),
    places: front.places,
    ...(front.data === undefined ? { named: namedIn(front.raw) } : { data: front.data }),
  };
  // The body is checked even if the front matter has errors, so that its writer sees all findings at once.
  const { bodyLine } = front;
  if (front.body === '' && front.bodyOffset === 0) return compiled;
  if (front.data !== undefined) checkTimes(front.data, compiled);
  const root = checked(parsed, form, bodyLine, compiled);
  if (!root) return compiled;
  const line = root.children.find((node) => node.type === 'mdxJsxFlowElement' && node.name === 'Members');
  // Rendering changes the tree, so count first.
  const references = countReferences(root, line?.position?.end.offset);
  compiled.body = renderBody(root, bodyLine);
  if (line?.position) addPreview(front, line.position, references, compiled);
  return compiled;
}

/**
 * Adds what is above a `<Members />` line.
 *
 * @param references - how many references with a definition are above the line
 */
function addPreview(
  { data, body, bodyLine, bodyOffset }: FrontMatter<Data[Form]>,
  { start, end: { offset: end = 0 } }: NonNullable<Root['position']>,
  references: number,
  compiled: Compiled,
): void {
  const line = start.line + bodyLine;
  const report = reportAt({ line, column: start.column }, errorsOf(compiled));
  if (data?.access === 'public') {
    report({
      rule: 'members-in-public',
      message: '这篇写了 access: public，整篇所有人可读，<Members /> 不起作用',
      fix: '删掉 <Members />，或删掉 access: public',
    });
  }
  const above = parseBody(body.slice(0, end));
  if ('rule' in above || countReferences(above, end) !== references) {
    report({
      rule: 'members-reference',
      message: '<Members /> 上面用到的脚注或链接定义写在了它下面',
      fix: '把这些定义移到 <Members /> 上面',
    });
    return;
  }
  compiled.preview = {
    body: renderBody(above, bodyLine),
    end: bodyOffset + end,
    line,
    more: body.slice(end).trim() !== '',
  };
}

/** Returns what adds errors to the findings of a source. */
function errorsOf({ findings }: Compiled): Report {
  return (finding) => findings.push({ level: 'error', ...finding });
}

function checked(root: Parsed['root'], form: Form, bodyLine: number, compiled: Compiled): Root | undefined {
  const { data } = compiled;
  const week = data && 'week' in data ? data.week : undefined;
  const findings = 'rule' in root ? [root] : checkBody(root, form, week);
  // One by one: arguments spread into a call must fit on the stack, and there can be half a million findings.
  for (const finding of findings) compiled.findings.push({ ...finding, line: finding.line + bodyLine });
  return 'rule' in root || findings.some(({ level }) => level === 'error') ? undefined : root;
}

/** Finds the mark that Git writes where two changes of the same lines met. As code, a body may show it. */
function conflictIn(
  source: string,
  front: FrontMatter<unknown>,
  body: Parsed['root'],
): LocalFinding | undefined {
  const from = front.data === undefined ? 0 : 'rule' in body ? front.bodyOffset : source.length;
  const to = 'rule' in body ? source.length : front.bodyOffset;
  const mark = /^<{7} /m.exec(source.slice(from, to));
  if (!mark) return undefined;
  return {
    ...AT_TOP,
    line: source.slice(0, from + mark.index).split('\n').length,
    rule: 'merge-conflict',
    message: '合并冲突的记号还留着',
    fix: '上下两份里留下要的，删掉 <<<<<<<、=======、>>>>>>> 开头的三行',
  };
}

function isDraft(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'draft' in raw && raw.draft === true;
}

/** Counts the link and footnote references with a definition, in the part of a body before offset `end`. */
function countReferences(root: Root, end = 0): number {
  let count = 0;
  const waiting: Root['children'] = root.children.filter((node) => (node.position?.start.offset ?? 0) < end);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'linkReference' || node.type === 'footnoteReference') count++;
    if ('children' in node) for (const child of node.children) waiting.push(child);
  }
  return count;
}

/** Checks that the chapters of a talk are in order and within its duration. */
function checkTimes(data: Data[Form], compiled: Compiled): void {
  if (!('chapters' in data)) return;
  const end = data.duration !== undefined && isTime(data.duration) ? parseTime(data.duration) : Infinity;
  let last = -1;
  data.chapters.forEach(({ t }, index) => {
    const start = parseTime(t);
    const report = reportAt(spotOf(compiled.places[`chapters.${index}.t`]), errorsOf(compiled));
    const rule = 'chapter-order';
    if (start <= last)
      report({ rule, message: `这一章的时间 ${t} 不比上一章晚`, fix: '按录音里的先后排列，改正时间' });
    else if (start > end)
      report({ rule, message: `这一章的时间 ${t} 超过了时长 ${data.duration!}`, fix: '改正 t 或 duration' });
    last = Math.max(last, start);
  });
}
