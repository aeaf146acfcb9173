import { inQuotes } from '../../src/markdown/yaml-faults.ts';
import type { LocalFinding } from '../../src/model/finding.ts';
import { shorten } from '../../src/text/shorten.ts';

/** A field with a value in no quotes and no brackets. */
const PLAIN_FIELD = /^ *(?:- )?([a-z_]+): +(?=[^"'\s#>|[{])/;

/**
 * Reports values of the front matter that end at a `#`, as in `title: 公告 #3`, without a word from YAML. People write a
 * space behind the `#` of a comment.
 */
export function commentReview(source: string): LocalFinding[] {
  const front = source.slice(0, Math.max(source.indexOf('\n---', 3), 0));
  return front.split('\n').flatMap((line, index): LocalFinding[] => {
    const [before, field] = PLAIN_FIELD.exec(line) ?? [];
    const at = line.search(/ #[^\s#]/) + 1;
    if (before === undefined || field === undefined || at === 0) return [];
    const value = line.slice(before.length).trimEnd();
    return [
      {
        rule: 'yaml-comment',
        level: 'warning',
        line: index + 1,
        column: at + 1,
        message: `# 和后面的字没有算进去：「${shorten(line.slice(at).trimEnd(), 30)}」`,
        fix: `是内容就整个值加引号：${field}: ${inQuotes(value)}；是说明就在 # 后面空一格`,
      },
    ];
  });
}
