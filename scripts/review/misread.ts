import type { Code, Heading, Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { findingAt } from '../../src/markdown/check-report.ts';
import { mixedNumbers } from '../../src/markdown/components/chart.ts';
import type { LocalFinding } from '../../src/model/finding.ts';

type Found = [rule: string, message: string, fix: string];

/**
 * Reports blocks that are read in another way than their writers mean them, by Markdown or by people. Lines are counted
 * from the top of the body.
 */
export function reviewMisread(body: string, root: Root): LocalFinding[] {
  // A lone carriage return is refused anyway, and the parser would count the lines in another way than editors do.
  if (/\r(?!\n)/.test(body)) return [];
  const lines = body.split(/\r?\n/);
  const used = new Set<string>();
  visit(root, 'footnoteReference', ({ identifier }) => void used.add(identifier));
  const findings: LocalFinding[] = [];
  visit(root, (node) => {
    const found = misread(node, lines, used);
    if (!found) return undefined;
    findings.push(findingAt(node, ...found, 'warning'));
    return SKIP;
  });
  return findings;
}

function misread(node: Nodes, lines: string[], used: ReadonlySet<string>): Found | undefined {
  switch (node.type) {
    case 'heading':
      return isUnderlined(node, lines)
        ? [
            'heading-syntax',
            '这一段被下面的 --- 变成了小标题',
            '要分隔线就在 --- 上面空一行；要小标题就写成 ## 标题',
          ]
        : undefined;
    case 'code':
      return isOpen(node, lines)
        ? ['code-syntax', '代码块没有结束，下面的都成了代码', '在代码的最后另起一行写 ```']
        : undefined;
    case 'blockquote': {
      const [first] = node.children;
      const text = first?.type === 'paragraph' ? first.children[0] : undefined;
      return text?.type === 'text' && /^\[!\w+\]/.test(text.value)
        ? [
            'callout-syntax',
            '没有成为提示框，这里没有 > [!…] 的写法',
            '写成 <Callout type="tip">内容</Callout>，前后各空一行',
          ]
        : undefined;
    }
    case 'footnoteDefinition': {
      const name = node.label ?? node.identifier;
      return used.has(node.identifier)
        ? undefined
        : [
            'footnote-unused',
            `脚注 [^${name}] 没有用到，页面上不会有`,
            `在正文里要说明的地方写上 [^${name}]，或删掉它`,
          ];
    }
    case 'mdxJsxFlowElement': {
      const mixed = node.name === 'Chart' ? mixedNumbers(node) : undefined;
      return mixed === undefined
        ? undefined
        : [
            'chart-units',
            `<Chart> 的“${mixed[0]}”和“${mixed[1]}”单位不一样，横条会比错`,
            '换成同一种单位，或分成两个 <Chart>、改用表格',
          ];
    }
    default:
      return undefined;
  }
}

/** Whether a heading is a paragraph above a line of dashes. One above equals signs is of level 1, which is refused. */
function isUnderlined({ depth, position }: Heading, lines: string[]): boolean {
  return depth === 2 && position !== undefined && /^[\s>]*-+\s*$/.test(lines[position.end.line - 1] ?? '');
}

/** Whether a fenced block of code lacks its last fence, and so contains everything below it. */
function isOpen({ position }: Code, lines: string[]): boolean {
  if (!position) return false;
  const { start, end } = position;
  const [fence] = /(?:`{3,}|~{3,})/.exec(lines[start.line - 1]?.slice(start.column - 1) ?? '') ?? [];
  const last = end.line > start.line ? lines[end.line - 1]!.replace(/^[\s>]+/, '').trimEnd() : '';
  return fence !== undefined && !last.startsWith(fence);
}
