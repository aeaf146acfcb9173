import type { Definition, Nodes, Root } from 'mdast';
import type {
  Construct,
  ConstructRecord,
  Extension,
  ParseContext,
  Point,
  TokenizeContext,
} from 'micromark-util-types';
import type { Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { LocalFinding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import type { Spot } from './spot.ts';

/**
 * The parser takes quadratic time for some constructs. This module counts them and refuses a text with more of them
 * than anyone would write, before it is parsed. Counting gives the same result on every machine; a timeout wouldn't.
 */

/** Returns a finding if a text exceeds a limit that can be checked line by line. */
export function outOfBounds(body: string): LocalFinding | undefined {
  const lines = body.split('\n');
  if (lines.length > LIMITS.lines) {
    return tooMany(LIMITS.lines + 1, 1, `这一篇超过 ${LIMITS.lines} 行`, '拆成几篇');
  }
  const deep = lines.findIndex((line) => DEEP.test(line));
  if (deep >= 0) return nestedTooDeep({ line: deep + 1, column: 1 });
  return lazyLines(lines) ?? underlines(lines) ?? codeMarks(lines);
}

const DEEP = new RegExp(
  `^(?:[ \\t]*(?:>|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${LIMITS.depth + 1}}|^[ \\t]{${LIMITS.depth * 5}}[ \\t]*[^ \\t]`,
);

/** Makes the finding for a text that is nested too deeply. */
export function nestedTooDeep({ line, column }: Spot = { line: 1, column: 1 }): LocalFinding {
  return {
    rule: 'nesting-too-deep',
    level: 'error',
    line,
    column,
    message: `嵌套超过 ${LIMITS.depth} 层`,
    fix: '把内容拆开，少套几层',
  };
}

const CONTAINER = /^[ \t]*(?:>|[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$))/;

/** Limits lazy continuation lines of quotes and lists: for each, the parser goes through all lines before it. */
function lazyLines(lines: string[]): LocalFinding | undefined {
  let isContained = false;
  let count = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      isContained = false;
      count = 0;
    } else if (CONTAINER.test(line)) isContained = true;
    else if (isContained && ++count > LIMITS.lazyLines) {
      const message = `引用或列表后面跟着 ${LIMITS.lazyLines} 行以上没有记号的文字`;
      return tooMany(index + 1, 1, message, '引用或列表写完以后空一行');
    }
  }
  return undefined;
}

/** Limits setext headings (underlined with `---` or `===`) and thematic breaks. */
function underlines(lines: string[]): LocalFinding | undefined {
  let count = 0;
  const index = lines.findIndex(
    (line) => /^[ \t>]*(?:=+|-+)[ \t]*$/.test(line) && ++count > LIMITS.underlines,
  );
  if (index < 0) return undefined;
  return tooMany(index + 1, 1, `整行的 --- 或 === 超过 ${LIMITS.underlines} 行`, '小标题写成 ## 开头的一行');
}

/**
 * Limits the number of different backtick run lengths: for each run, the parser searches the whole paragraph for
 * another of the same length.
 */
function codeMarks(lines: string[]): LocalFinding | undefined {
  const lengths = new Set<number>();
  for (const [index, line] of lines.entries()) {
    for (const [run] of line.matchAll(/`+/g)) {
      if (lengths.add(run.length).size <= LIMITS.codeMarks) continue;
      const message = `连着的反引号有 ${LIMITS.codeMarks} 种以上的个数`;
      return tooMany(index + 1, 1, message, '代码用一个反引号包住，代码块用三个');
    }
  }
  return undefined;
}

/** Finds the first node nested deeper than the limit. Iterative, because the tree may be deeper than the stack. */
export function deepest(root: Root): LocalFinding | undefined {
  const waiting: [Nodes, number][] = [[root, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, depth] = next;
    if (depth > LIMITS.depth) return nestedTooDeep(node.position?.start);
    if ('children' in node) for (const child of node.children) waiting.push([child, depth + 1]);
  }
  return undefined;
}

/**
 * Returns a finding if rendering would expand megabytes into gigabytes: every table row is padded to the width of its
 * table, and every link reference is replaced by the full address.
 */
export function blownUp(root: Root): LocalFinding | undefined {
  const definitions = new Map<string, Definition>();
  visit(root, 'definition', (node) => {
    // The first definition of a name wins.
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  let found: LocalFinding | undefined;
  let cells = 0;
  let referenced = 0;
  const refuse = ({ position }: Nodes, message: string, fix: string) => {
    const { line, column } = position?.start ?? { line: 1, column: 1 };
    found ??= tooMany(line, column, message, fix);
  };
  visit(root, (node) => {
    if (node.type === 'table') {
      cells += node.children.length * (node.children[0]?.children.length ?? 0);
      if (cells > LIMITS.cells) refuse(node, `表格超过 ${LIMITS.cells} 格`, '拆成几篇，或作为附件');
    } else if (node.type === 'linkReference') {
      const { url = '', title } = definitions.get(node.identifier) ?? {};
      referenced += url.length + (title?.length ?? 0);
      if (referenced > LIMITS.referenced)
        refuse(node, '引用写法的链接用得太多，网址太长', '写成 [文字](网址)');
    }
  });
  return found;
}

function tooMany(line: number, column: number, message: string, fix: string): LocalFinding {
  return { rule: 'too-much-markup', level: 'error', line, column, message, fix };
}

/** Thrown for too much markup, out of the parser: only it knows where paragraphs, quotes and lists begin and end. */
export class TooMuchMarkupError extends Error {
  override name = 'TooMuchMarkupError';
  readonly finding: LocalFinding;

  constructor({ line, column }: Point, message: string, fix: string) {
    super(message);
    this.finding = tooMany(line, column, message, fix);
  }
}

/**
 * A remark plugin that counts the markers of emphasis and links, per paragraph and in the whole text, and the quotes,
 * lists and footnotes.
 */
export function remarkBounds(this: Processor): void {
  const inText = new WeakMap<TokenizeContext, number>();
  const inAll = new WeakMap<object, number>();
  const counter: Construct = {
    name: 'bounds',
    tokenize(_, __, nok) {
      const text = (inText.get(this) ?? 0) + 1;
      const all = (inAll.get(this.parser) ?? 0) + 1;
      inText.set(this, text);
      inAll.set(this.parser, all);
      const refuse = (where: string, most: number) => {
        const message = `${where}里的 * _ ~ [ ] 超过 ${most} 个`;
        throw new TooMuchMarkupError(this.now(), message, '分成几段；要显示记号本身就放进代码块');
      };
      if (text > LIMITS.marksInParagraph) refuse('这一段', LIMITS.marksInParagraph);
      if (all > LIMITS.marks) refuse('这一篇', LIMITS.marks);
      // This construct only counts and never matches, so the next construct for this character gets its turn.
      return nok;
    },
  };
  const watched = new WeakSet<object>();
  const watcher: Construct = {
    name: 'bounds',
    tokenize(_, __, nok) {
      if (!watched.has(this.parser)) countContainers(this.parser.constructs.document);
      watched.add(this.parser);
      return nok;
    },
  };
  const data = this.data() as { micromarkExtensions: Extension[] };
  data.micromarkExtensions.push({
    text: onEach('*_~[]', counter),
    document: onEach('>-*+0123456789[', watcher),
  });
}

function onEach(characters: string, construct: Construct): ConstructRecord {
  return Object.fromEntries(Array.from(characters, (one) => [one.charCodeAt(0), construct]));
}

/**
 * Counts how many containers end. For each, the parser moves everything that it has read so far. One in the very first
 * line is not counted: it has begun before this is called.
 *
 * @param constructs - what one run of the parser knows of containers; it is changed
 */
function countContainers(constructs: ParseContext['constructs']['document']): void {
  let ended = 0;
  for (const known of Object.values(constructs)) {
    if (!Array.isArray(known)) continue;
    for (const [index, construct] of known.entries()) {
      const { exit } = construct;
      if (!exit) continue;
      known[index] = {
        ...construct,
        exit(...args) {
          if (++ended > LIMITS.containers) {
            const message = `引用、列表和脚注超过 ${LIMITS.containers} 处`;
            throw new TooMuchMarkupError(this.now(), message, '拆成几篇');
          }
          exit.apply(this, args);
        },
      };
    }
  }
}
