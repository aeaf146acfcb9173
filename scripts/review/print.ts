import { formatFinding, type Finding } from '../../src/model/finding.ts';

/** Output for people, for programs, or as annotations of a pull request. */
export type Output = 'text' | 'json' | 'github';

/**
 * Formats the whole output of the command.
 *
 * @param pieces - how many were checked, and how many of these are drafts or dated later, which a writer may have left so
 *   by mistake
 */
export function printFindings(
  findings: Finding[],
  pieces: { all: number; drafts: number; later: number },
  output: Output,
): string {
  if (output === 'json') return JSON.stringify(findings, null, 2);
  const lines = findings.map(output === 'github' ? annotation : formatFinding);
  const errors = findings.filter(({ level }) => level === 'error').length;
  const unpublished = [
    ...(pieces.drafts > 0 ? [`${pieces.drafts} 篇是草稿，不会发布`] : []),
    ...(pieces.later > 0 ? [`${pieces.later} 篇的日期还没到，到那天才发布`] : []),
  ];
  const counts = `${pieces.all} 篇${unpublished.length > 0 ? `（${unpublished.join('；')}）` : ''}，${errors} 处错误，${findings.length - errors} 处提醒。`;
  return [...lines, counts].join('\n');
}

/** A workflow command of GitHub Actions; line ends and separators are escaped as by its toolkit. */
function annotation({ rule, level, file, line, column, message, fix }: Finding): string {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const where = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
  return `::${level} ${where}::${data(`${message} → ${fix}`)}`;
}
