import type { Nodes } from 'mdast';
import type { LocalFinding } from '../model/finding.ts';

/** What has a place in a source; findings about the whole text have none. */
export interface Placed {
  position?: Nodes['position'];
}

/** Keeps what is wrong at a place of a body. */
export type Add = (...found: Parameters<typeof findingAt>) => void;

/** A finding at a place, with its line counted from the top of the body. */
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
