import type { Nodes } from 'mdast';
import type { LocalFinding } from '../model/finding.ts';

/** Anything with a position in the source. Findings about the whole text have none. */
export interface Placed {
  position?: Nodes['position'];
}

/** Records a finding at a place of the body. */
export type Add = (...found: Parameters<typeof findingAt>) => void;

/** Makes a finding at a place; lines are counted from the top of the body. */
export function findingAt(
  at: Placed,
  rule: string,
  message: string,
  fix: string,
  level: LocalFinding['level'] = 'error',
): LocalFinding {
  const { line, column } = at.position?.start ?? { line: 1, column: 1 };
  return { rule, level, line, column, message, fix };
}
